package dev.hologrid.gateway.http;

import dev.hologrid.gateway.openid.SignInRefused.Reason;
import io.vertx.core.buffer.Buffer;

/** What a browser is shown when a login is refused: no script, no style, nothing of the request. */
final class RefusalPage {
  /** The provider may still know whom it was who was refused, and would not ask. */
  private static final String ANEW = OpenIdSession.LOGIN + "?anew=true";

  private RefusalPage() {}

  /** The page for browsers, a problem document for all others. */
  static Answer of(Reason reason, boolean browser) {
    Answer answer =
        browser
            ? new Answer(
                reason.status(),
                "text/html; charset=utf-8",
                Buffer.buffer(page(reason)),
                java.util.Map.of())
            : Answer.problem(Problem.of(reason.status(), reason.words()).because(reason.name()));
    return reason.status() == 503 ? answer.with("Retry-After", "60") : answer;
  }

  private static String page(Reason reason) {
    return """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>全息网格 HoloGrid</title>
        </head>
        <body>
        <h1>未能登录 · <span lang="en">Not signed in</span></h1>
        <p>%s。</p>
        <p lang="en">%s.</p>
        <p><code>%s</code></p>
        <p><a href="%s">换一个账号登录 · <span lang="en">Sign in as somebody else</span></a></p>
        <p><a href="/">返回 · <span lang="en">Back</span></a></p>
        </body>
        </html>
        """
        .formatted(reason.chinese(), sentence(reason.words()), reason.name(), ANEW);
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

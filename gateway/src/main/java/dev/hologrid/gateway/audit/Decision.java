package dev.hologrid.gateway.audit;

/**
 * A security decision.
 *
 * @param what a word for it, for example {@code connect-refused}; also the label of its metric
 * @param who the identity it is about: {@code device:sm-1}, {@code person:ana}; what a stranger
 *     claims to be when nothing is proven
 * @param from the address it came from, or the person who asked for it
 * @param why in words, with no secret in it
 */
public record Decision(String what, String who, String from, String why) {
  private static final int MOST = 200;

  public Decision {
    who = plain(who);
    from = plain(from);
    why = plain(why);
  }

  /** A stranger's text must not break a line, a terminal or the size of the journal. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MOST));
    text.codePoints()
        .limit(MOST)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}

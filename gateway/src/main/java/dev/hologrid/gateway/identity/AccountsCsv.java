package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.site.Csv;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as a table: {@code id,kind,topics,auth,password}, of which only {@code id} is required;
 * topics are separated by spaces, {@code auth} is token, password or certificate.
 */
public final class AccountsCsv {
  private static final int MOST = 200_000;
  private static final Set<String> COLUMNS =
      Set.of("id", "kind", "topics", "auth", "password", "place", "lon", "lat", "labels", "name");

  private AccountsCsv() {}

  /**
   * Reads a table; columns of the site's devices.csv that say nothing of credentials are passed
   * over, so that one file can serve both.
   *
   * @throws AccountRefused that names the line and the column
   */
  public static List<AccountRequest> read(String text) {
    List<Csv.Row> rows = Csv.parse(text);
    if (rows.isEmpty() || !rows.getFirst().cells().contains("id")) {
      throw AccountRefused.wrong(
          "body", "the first line names the columns, id among them: id,kind,topics,auth,password");
    }
    List<String> columns = rows.getFirst().cells().stream().map(String::strip).toList();
    for (String each : columns) {
      if (!COLUMNS.contains(each)) {
        throw AccountRefused.wrong(
            "body", "line 1: there is no column '" + each + "'; known are " + COLUMNS);
      }
    }
    if (rows.size() > MOST + 1) {
      throw AccountRefused.wrong("body", "at most " + MOST + " devices at a time");
    }
    List<AccountRequest> requests = new ArrayList<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      requests.add(request(columns, row));
    }
    return requests;
  }

  private static AccountRequest request(List<String> columns, Csv.Row row) {
    try {
      String topics = cell(columns, row, "topics");
      String password = cell(columns, row, "password");
      AccountRequest request =
          new AccountRequest(
              cell(columns, row, "id"),
              cell(columns, row, "kind"),
              topics.isEmpty() ? List.of() : List.of(topics.split("\\s+")),
              proof(cell(columns, row, "auth"), password),
              password.isEmpty() ? null : password);
      request.check();
      return request;
    } catch (AccountRefused e) {
      throw AccountRefused.wrong(e.field(), "line " + row.line() + ": " + e.getMessage());
    }
  }

  private static String cell(List<String> columns, Csv.Row row, String name) {
    int at = columns.indexOf(name);
    return at < 0 || at >= row.cells().size() ? "" : row.cells().get(at).strip();
  }

  /**
   * The proof that a word stands for; nothing stands for a token, or for a password where one is
   * given.
   */
  public static Proof.Kind proof(@Nullable String word, @Nullable String password) {
    if (word == null || word.isEmpty()) {
      return password == null || password.isEmpty() ? Proof.Kind.TOKEN : Proof.Kind.PASSWORD;
    }
    for (Proof.Kind each : Proof.Kind.values()) {
      if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw AccountRefused.wrong("auth", "must be token, password or certificate, but was " + word);
  }

  /** What was issued, secrets in plain text: shown once. */
  public static String issued(List<DeviceAccounts.Issued> issued) {
    StringBuilder out = new StringBuilder("id,kind,topics,auth,secret\n");
    for (DeviceAccounts.Issued each : issued) {
      head(out, each.account());
      String secret = each.secret();
      out.append(',').append(secret == null ? "" : secret).append('\n');
    }
    return out.toString();
  }

  /** What there is, without anything that would let somebody in. */
  public static String list(List<DeviceAccount> accounts) {
    StringBuilder out = new StringBuilder("id,kind,topics,auth,state,changed,by\n");
    for (DeviceAccount each : accounts) {
      head(out, each);
      out.append(each.revoked() ? ",revoked," : ",active,")
          .append(Instant.ofEpochMilli(each.changedAt()))
          .append(',')
          .append(quoted(each.by()))
          .append('\n');
    }
    return out.toString();
  }

  private static void head(StringBuilder out, DeviceAccount account) {
    out.append(account.device())
        .append(',')
        .append(account.kind())
        .append(',')
        .append(quoted(String.join(" ", account.topics())))
        .append(',')
        .append(account.proof().kind().word());
  }

  /** What a spreadsheet would take for a formula becomes plain text. */
  private static String quoted(String text) {
    String plain = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return plain.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
        ? '"' + plain.replace("\"", "\"\"") + '"'
        : plain;
  }
}

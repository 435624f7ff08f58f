package dev.hologrid.simulator.chaos;

import java.util.List;
import java.util.Locale;

/** What people read while faults are injected. */
final class RowTable {
  private RowTable() {}

  static void head() {
    System.out.printf(
        Locale.ROOT,
        "%-5s %6s %9s %6s %8s %10s  %s%n",
        "fault",
        "tried",
        "survived",
        "lost",
        "doubled",
        "recovery s",
        "what");
    System.out.flush();
  }

  static void line(Row row, String what) {
    System.out.printf(
        Locale.ROOT,
        "%-5s %6d %9d %6d %8d %10.1f  %s%s%n",
        row.fault(),
        row.tried(),
        row.survived(),
        row.lost(),
        row.doubled(),
        row.recoverySeconds(),
        what,
        row.note().isEmpty() ? "" : ": " + row.note());
    System.out.flush();
  }

  /** All of them in one sentence; what was not run is not counted as survived. */
  static void foot(List<Row> rows) {
    long good = rows.stream().filter(each -> each.ran() && each.good()).count();
    List<String> bad = rows.stream().filter(each -> !each.good()).map(Row::fault).toList();
    List<String> left = rows.stream().filter(each -> !each.ran()).map(Row::fault).toList();
    System.out.printf(
        Locale.ROOT,
        "%d of %d faults survived, lost %d, doubled %d%s%s%n",
        good,
        rows.size() - left.size(),
        rows.stream().mapToLong(Row::lost).sum(),
        rows.stream().mapToLong(Row::doubled).sum(),
        bad.isEmpty() ? "" : "; NOT survived: " + String.join(" ", bad),
        left.isEmpty() ? "" : "; not run, and counted as nothing: " + String.join(" ", left));
    System.out.flush();
  }
}

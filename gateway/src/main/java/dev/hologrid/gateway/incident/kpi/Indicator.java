package dev.hologrid.gateway.incident.kpi;

import java.util.function.ToDoubleFunction;

/** The rates, with the names and formulas that people know them by. */
public enum Indicator {
  FILING_RATE("filingRate", "立案率", "filed / accepted", Kpi::filingRate),
  HANDLING_RATE("handlingRate", "处置率", "dueHandled / dueToHandle", Kpi::handlingRate),
  IN_TIME_HANDLING_RATE(
      "inTimeHandlingRate", "按期处置率", "handledInTime / handled", Kpi::inTimeHandlingRate),
  CLOSING_RATE("closingRate", "结案率", "dueClosed / dueToClose", Kpi::closingRate),
  IN_TIME_CLOSING_RATE(
      "inTimeClosingRate", "按期结案率", "dueClosedInTime / dueToClose", Kpi::inTimeClosingRate),
  REWORK_RATE("reworkRate", "返工率", "reworked / handled", Kpi::reworkRate),
  RETURN_RATE("returnRate", "回退率", "returned / dispatched", Kpi::returnRate),
  DEFERRAL_RATE("deferralRate", "延期率", "deferred / handled", Kpi::deferralRate),
  IN_GRID_CLOSURE_RATE(
      "inGridClosureRate", "网格内办结率", "closedInGrid / closed", Kpi::inGridClosureRate),
  FALSE_ALARM_RATE("falseAlarmRate", "误报率", "falseAlarms / sensorClosed", Kpi::falseAlarmRate),
  AVERAGE_HANDLE_MINUTES(
      "averageHandleMinutes",
      "平均处置时长",
      "handleMillis / 60000 / handled",
      Kpi::averageHandleMinutes);

  private final String key;
  private final String chinese;
  private final String formula;
  private final ToDoubleFunction<Kpi> value;

  Indicator(String key, String chinese, String formula, ToDoubleFunction<Kpi> value) {
    this.key = key;
    this.chinese = chinese;
    this.formula = formula;
    this.value = value;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }

  public String chinese() {
    return chinese;
  }

  /** In the names of the counts of {@link Kpi}. */
  public String formula() {
    return formula;
  }

  /** NaN where nothing could have happened. */
  public double of(Kpi kpi) {
    return value.applyAsDouble(kpi);
  }
}

/** The gateway's JSON, as its REST and stream contract says. */

export type Severity = "critical" | "major" | "minor" | "info";
export type Priority = "P1" | "P2" | "P3" | "P4";
export type Level = "DISTRICT" | "TOWN" | "COMMUNITY" | "GRID" | "BUILDING" | "FLOOR";
export type IncidentState =
  | "REPORTED"
  | "VERIFYING"
  | "FILED"
  | "DISPATCHED"
  | "HANDLING"
  | "FEEDBACK"
  | "CHECKING"
  | "CLOSED"
  | "REJECTED"
  | "SELF_HANDLED"
  | "RETURNED"
  | "DEFERRAL_PENDING"
  | "SUSPENDED";

export interface Page<T> {
  items: T[];
  next?: string | null;
}

export interface PlaceStep {
  code: string;
  name: string;
  nameEn?: string;
  level: string;
}

export type Value = number | boolean | string | null;

export interface Reading {
  offset: number;
  device: string;
  time: string;
  values: Record<string, Value>;
}

export interface Alert {
  id: string;
  rule: string;
  subject: string;
  severity: Severity;
  category: string;
  place: string | null;
  placePath: PlaceStep[];
  state: "firing" | "resolved";
  startedAt: string;
  endedAt: string | null;
  value: Value;
  summary: string;
  description: string;
  labels: Record<string, string>;
  because: Reading[];
  incident: string | null;
}

export interface Action {
  command: string;
  needs: string[];
}

export interface IncidentStep {
  seq: number;
  at: string;
  by: string | { id: string; name: string } | null;
  event: string;
  note: string | null;
  detail: Record<string, unknown> | null;
}

export interface Incident {
  id: string;
  number: string;
  title: string;
  description?: string;
  category: string;
  priority: Priority;
  state: IncidentState;
  level: string;
  origin: string;
  place: string | null;
  placePath: PlaceStep[];
  openedAt: string;
  updatedAt: string;
  closedAt: string | null;
  assignee: { id: string; name: string } | null;
  department: string | null;
  due: { stage: string; at: string; overdue: boolean } | null;
  alertCount: number;
  supervised: boolean;
  version: number;
  actions?: Action[];
  history?: IncidentStep[];
  alerts?: string[];
}

export interface Person {
  id: string;
  name: string;
  roles: string[];
  scope: string | null;
  onDuty: boolean;
}

export interface Session {
  user: { id: string; name: string; roles: string[]; scope: string | null } | null;
  mode: "open" | "password";
}

/** By what one may sign in; `openid` is null where no provider is set. */
export interface SignInWays {
  mode: "open" | "password";
  password: boolean;
  openid: { path: string; label: { zh: string; en: string }; available: boolean } | null;
}

export interface Device {
  id: string;
  kind: string;
  place: string | null;
  placePath: PlaceStep[];
  lon: number | null;
  lat: number | null;
  floor: number | string | null;
  state: "online" | "offline" | "unknown";
  lastSeenAt: string | null;
  values: Record<string, Value>;
  alerts: number;
}

export interface Place {
  code: string;
  name: string;
  nameEn?: string | null;
  level: string;
  parent: string | null;
  devices: number;
  alerts: Partial<Record<Severity, number>>;
  incidents: number;
}

export interface Quarantined {
  id: string;
  at: string;
  source: string;
  topic: string | null;
  reason: string;
  detail: string;
  size: number;
  preview: string;
  payload: string;
}

export interface Summary {
  books: { received: number; stored: number; quarantined: number; inFlight: number };
  alerts: { firing: number; bySeverity: Partial<Record<Severity, number>> };
  incidents: {
    open: number;
    byState: Record<string, number>;
    byPriority: Record<string, number>;
    dispatched: number;
    closed: number;
  };
  devices: { total: number; online: number; offline: number };
  lags: { follower: string; records: number; seconds: number }[];
  ingestPerSecond: number;
}

export type Advice = "NONE" | "DAMP" | "SHARPEN" | "SETTLE" | "LOOK";

/** How one rule, device or place did over a period. */
export interface Standing {
  key: string;
  placePath: PlaceStep[];
  alerts: number;
  share: number;
  chattering: number;
  stale: number;
  judged: number;
  falseAlarms: number;
  advice: Advice;
}

export interface Hygiene {
  from: string;
  to: string;
  alerts: number;
  perHour: number;
  operators: number;
  floodShare: number;
  chattering: number;
  stale: number;
  worstTenShare: number;
  judged: number;
  falseAlarms: number;
  bySeverity: Record<Severity, number>;
  floods: { from: string; to: string; alerts: number }[];
  byRule: Standing[];
  byDevice: Standing[];
  byPlace: Standing[];
  duty: { onDuty: number; unreachable: { id: string; name: string; scope: string }[] };
  calendar: { knownTo: string | null; daysLeft: number | null };
}

export type RoundState = "DUE" | "DONE" | "MISSED" | "LATE" | "EXCUSED";

export interface Round {
  id: string;
  schedule: string;
  plan: string;
  name: string;
  grid: string;
  gridName: string;
  day: string;
  opensAt: string;
  remindAt: string;
  closesAt: string;
  makeUpUntil: string;
  officer: { id: string; name: string } | null;
  state: RoundState;
  reminded: boolean;
  points: number;
  visited: number;
  missing: { point: number; name: string; lon: number | null; lat: number | null }[];
  notified: { id: string; name: string }[];
  excuse: string | null;
}

export interface RoundWhole extends Round {
  history: { version: number; at: string; by: string; event: string; detail: string | null }[];
}

export interface Schedule {
  id: string;
  plan: string;
  recurrence: { kind: "weekly" | "every" | "working_days"; days?: string[]; every?: number; from?: string };
  from: string;
  to: string;
  officer: string | null;
  firstDay: string;
  lastDay: string | null;
  active: boolean;
}

export interface PatrolPlan {
  id: string;
  name: string;
  officer: string | null;
  grid: string;
  points: { name: string; lon: number; lat: number }[];
}

export interface Patrol {
  id: string;
  plan: string | null;
  round: string | null;
  grid: string;
  startedAt: string;
  endedAt: string | null;
  points: number;
  visited: number;
  checkIns: { at: string; point: number | null; verdict: string; valid: boolean }[];
}

export interface PatrolCounts {
  planned: number;
  done: number;
  onTime: number;
  missed: number;
  points: number;
  visited: number;
  doneRate: number | null;
  onTimeRate: number | null;
  missRate: number | null;
  coverageRate: number | null;
}

export interface PatrolKpis {
  by: string;
  from: string;
  to: string;
  items: { group: string; name: string; now: PatrolCounts | null; previous: PatrolCounts | null }[];
}

/** Counts and rates of a period; a rate of which nothing is to be counted is null. */
export interface Kpi {
  reported: number;
  closed: number;
  filingRate: number | null;
  inTimeHandlingRate: number | null;
  inTimeClosingRate: number | null;
  inGridClosureRate: number | null;
  reworkRate: number | null;
  returnRate: number | null;
  deferralRate: number | null;
  falseAlarmRate: number | null;
  averageHandleMinutes: number | null;
}

export interface KpiRow {
  group: string;
  name: string;
  now: Kpi | null;
  previous: Kpi | null;
  lastYear: Kpi | null;
}

export interface Kpis {
  from: string;
  to: string;
  items: KpiRow[];
}

export interface OfficerKpi {
  rounds: number;
  roundsMissed: number;
  patrols: number;
  checkIns: number;
  reported: number;
  selfHandled: number;
  verified: number;
  checked: number;
  missRate: number | null;
  validReportRate: number | null;
  checkInRate: number | null;
  coverageRate: number | null;
  inTimeVerifyRate: number | null;
  inTimeCheckRate: number | null;
}

export interface OfficerRow {
  group: string;
  name: string;
  now: OfficerKpi | null;
  previous: OfficerKpi | null;
  lastYear: OfficerKpi | null;
}

export interface OfficerKpis {
  items: OfficerRow[];
}

export interface RunningRule {
  name: string;
  group: string;
  version: string;
  severity: Severity;
  category: string;
  file: string;
  line: number;
  text: string;
}

export interface RuleList {
  rules: RunningRule[];
  files: { name: string; text: string }[];
  errors: string[];
}

export interface Silence {
  id: string;
  comment: string;
  rules: string[];
  devices: string[];
  place: string;
  labels: Record<string, string>;
  from: string;
  until: string;
  by: string;
}

/** An alert from its start to its end. */
export interface AlertSpan {
  rule: string;
  subject: string;
  severity: Severity;
  startedAt: string;
  endedAt: string | null;
  seconds: number;
  value: number | null;
}

export interface Backtest {
  from: string | null;
  to: string;
  readings: number;
  rules: {
    rule: string;
    now: number;
    then: number;
    matched: number;
    onlyNow: number;
    onlyThen: number;
    secondsNow: number;
    secondsThen: number;
  }[];
  matched: { rule: string; subject: string; now: AlertSpan; then: AlertSpan }[];
  onlyNow: AlertSpan[];
  onlyThen: AlertSpan[];
  leftOut: number;
  cut: boolean;
  unlisted: number;
}

export interface Health {
  status: "ok" | "degraded" | "failed";
  components: { name: string; status: string; why?: string | null }[];
}

export interface History {
  device: string;
  metric: string;
  unit: string | null;
  points: [number, number][];
}

export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  field?: string;
  refusal?: string;
}

export interface Feature {
  type: "Feature";
  geometry: { type: string; coordinates: unknown } | null;
  properties: {
    code: string;
    name: string;
    nameEn?: string;
    level: string;
    parent: string | null;
    floors?: number;
    height?: number;
  };
}

package dev.hologrid.gateway.decode;

/** Why a message was refused; the label of the quarantine's counters. */
public enum Reason {
  NOT_JSON,
  NOT_XML,
  INVALID_UTF8,
  TOO_LARGE,
  TOO_DEEP,
  TOO_MANY,
  MISSING_FIELD,
  DUPLICATE_FIELD,
  WRONG_TYPE,
  OUT_OF_RANGE,
  BAD_TIME,
  BAD_NAME,
  BAD_FRAME,
  UNKNOWN_TOPIC,
  UNKNOWN_DEVICE,
  UNKNOWN_ALIAS
}

package dev.hologrid.gateway.alerting.hygiene;

/**
 * How one rule, device or place did.
 *
 * @param key the rule's name, the device's id or the place's code
 * @param alerts how many were raised in the period
 * @param share of all that were, 0 to 1
 * @param chattering how many of its sources were raised three times within a minute
 * @param stale how many fire for more than a day
 * @param judged how many were closed with a verdict
 * @param falseAlarms how many of these were none
 */
public record Standing(
    String key,
    int alerts,
    double share,
    int chattering,
    int stale,
    int judged,
    int falseAlarms,
    Advice advice) {}

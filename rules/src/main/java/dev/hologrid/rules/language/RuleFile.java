package dev.hologrid.rules.language;

/**
 * A rule file as text; reading it from disk is the caller's matter.
 *
 * @param name what issues call it, usually its path
 * @param text its whole content
 */
public record RuleFile(String name, String text) {}

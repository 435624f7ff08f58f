package dev.hologrid.gateway.config;

/**
 * A scalar of the file and where it stands.
 *
 * @param line from 1
 */
record YamlValue(String text, int line) {}

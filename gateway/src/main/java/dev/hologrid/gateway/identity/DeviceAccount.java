package dev.hologrid.gateway.identity;

import java.util.List;

/**
 * What is known of a device that may come in by itself.
 *
 * @param device its id
 * @param kind the one kind it may publish as; empty for any
 * @param topics further topic filters it may publish to, for gateways of other payload forms
 * @param changedAt when it was made, changed or revoked; epoch milliseconds UTC
 * @param by the person who did that
 * @param revoked it may no longer come in
 */
public record DeviceAccount(
    String device,
    String kind,
    List<String> topics,
    Proof proof,
    long changedAt,
    String by,
    boolean revoked) {
  public DeviceAccount {
    topics = List.copyOf(topics);
  }

  DeviceAccount revoked(long at, String who) {
    return new DeviceAccount(device, kind, topics, proof, at, who, true);
  }

  DeviceAccount with(Proof other, long at, String who) {
    return new DeviceAccount(device, kind, topics, other, at, who, false);
  }
}

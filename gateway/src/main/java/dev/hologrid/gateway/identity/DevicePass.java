package dev.hologrid.gateway.identity;

import dev.hologrid.gateway.source.endpoint.DeviceGate;

/** A device that was let in. */
final class DevicePass implements DeviceGate.Admitted {
  private final DeviceAccount account;
  private final DeviceAccounts accounts;

  DevicePass(DeviceAccount account, DeviceAccounts accounts) {
    this.account = account;
    this.accounts = accounts;
  }

  @Override
  public String device() {
    return account.device();
  }

  @Override
  public String identity() {
    return "device:" + account.device();
  }

  @Override
  public boolean mayPublish(String topic) {
    return Grants.publish(account, topic);
  }

  @Override
  public boolean mayStillPublish(String topic) {
    DeviceAccount now = accounts.find(account.device());
    return now != null && !now.revoked() && Grants.publish(now, topic);
  }

  /** May it subscribe to this? */
  boolean maySubscribe(String filter) {
    return Grants.subscribe(account, filter);
  }
}

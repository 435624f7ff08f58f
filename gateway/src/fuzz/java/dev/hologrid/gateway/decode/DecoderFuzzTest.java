package dev.hologrid.gateway.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Every decoder; {@code ./hologrid fuzz}. */
class DecoderFuzzTest {
  @FuzzTest
  void chirpstack(byte[] payload) {
    FuzzedDecoders.decode("chirpstack", payload);
  }

  @FuzzTest
  void dahua(byte[] payload) {
    FuzzedDecoders.decode("dahua", payload);
  }

  @FuzzTest
  void frigate(byte[] payload) {
    FuzzedDecoders.decode("frigate", payload);
  }

  @FuzzTest
  void gb26875(byte[] payload) {
    FuzzedDecoders.decode("gb26875", payload);
  }

  @FuzzTest
  void hikvision(byte[] payload) {
    FuzzedDecoders.decode("hikvision", payload);
  }

  @FuzzTest
  void hologrid(byte[] payload) {
    FuzzedDecoders.decode("hologrid", payload);
  }

  @FuzzTest
  void onvif(byte[] payload) {
    FuzzedDecoders.decode("onvif", payload);
  }

  @FuzzTest
  void sparkplug(byte[] payload) {
    FuzzedDecoders.decode("sparkplug", payload);
  }

  @FuzzTest
  void theThingsStack(byte[] payload) {
    FuzzedDecoders.decode("the-things-stack", payload);
  }

  @FuzzTest
  void thingsboard(byte[] payload) {
    FuzzedDecoders.decode("thingsboard", payload);
  }

  @FuzzTest
  void tuya(byte[] payload) {
    FuzzedDecoders.decode("tuya", payload);
  }

  @FuzzTest
  void zigbee2mqtt(byte[] payload) {
    FuzzedDecoders.decode("zigbee2mqtt", payload);
  }

  @FuzzTest
  void plain(byte[] payload) {
    FuzzedDecoders.plain(payload);
  }
}

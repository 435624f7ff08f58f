package dev.hologrid.gateway.source.firepanel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.decode.PanelFrame;
import dev.hologrid.gateway.source.firepanel.PanelCommands.Outcome;
import dev.hologrid.gateway.testing.HeldInbox;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A panel at the other end of a socket; the frames are those of docs/wire-format/gb26875. */
class FirePanelTest {
  private static final String PANEL = "000000000379";
  private static final String ROUTE = "01 01 20 3A 09 1A 09 0C 79 03 00 00 00 00 38 5B 01 00 00 00";
  private static final String FIRE =
      "40 40 01 00 "
          + ROUTE
          + " 30 00 02 02 01 01 01 28 0A 00 02 00 02 00 "
          + "20 ".repeat(30)
          + "00 02 3A 09 1A 09 0C 46 23 23";
  private static final String MAINS_FAULT =
      "40 40 01 00 " + ROUTE + " 09 00 02 15 01 08 02 3A 09 1A 09 0C 42 23 23";
  private static final String CONFIRM =
      "40 40 01 00 01 01 23 3A 09 1A 09 0C 38 5B 01 00 00 00 79 03 00 00 00 00 00 00 03 AB 23 23";
  private static final String DENY =
      "40 40 01 00 01 01 23 3A 09 1A 09 0C 38 5B 01 00 00 00 79 03 00 00 00 00 00 00 06 AE 23 23";
  private static final String HEARTBEAT =
      "40 40 00 00 01 01 00 1E 0A 0F 06 1A 79 03 00 00 00 00 38 5B 01 00 00 00 00 00 02 6B 23 23";

  /** The time in the confirmation above. */
  private static final Instant NOW = Instant.parse("2012-09-26T01:58:35Z");

  private FirePanelSource source;
  private Socket panel;

  private void start(HeldInbox inbox, Duration silence) throws IOException {
    FirePanelConfig config =
        new FirePanelConfig("127.0.0.1", 0, silence, Duration.ofMillis(150), 3);
    source = new FirePanelSource(config, inbox, () -> NOW);
    await(source.start());
    assertThat(source.check()).isEqualTo(Check.ok());
    panel = new Socket(InetAddress.getLoopbackAddress(), source.port());
    panel.setSoTimeout(10_000);
  }

  private void start(HeldInbox inbox) throws IOException {
    start(inbox, Duration.ofSeconds(90));
  }

  @AfterEach
  void stop() throws IOException {
    panel.close();
    source.close();
  }

  @Test
  void confirms_what_is_stored() throws IOException {
    HeldInbox inbox = HeldInbox.storing();
    start(inbox);
    send(FIRE);
    assertThat(receive()).isEqualTo(compact(CONFIRM));
    assertThat(frames(inbox)).containsExactly(compact(FIRE));
  }

  @Test
  void says_nothing_before_it_is_stored() throws IOException {
    HeldInbox inbox = HeldInbox.silent();
    start(inbox);
    send(FIRE);
    inbox.awaitCount(2);
    send(HEARTBEAT);
    assertThat(receive()).as("only the heartbeat is confirmed").startsWith("40400000");
  }

  @Test
  void denies_what_could_not_be_stored_and_takes_it_again() throws IOException {
    HeldInbox inbox = HeldInbox.failing();
    start(inbox);
    send(FIRE);
    assertThat(receive()).isEqualTo(compact(DENY));
    inbox.store();
    send(FIRE);
    assertThat(receive()).isEqualTo(compact(CONFIRM));
    assertThat(frames(inbox)).hasSize(2);
  }

  @Test
  void a_repeated_frame_is_confirmed_again_and_stored_once() throws IOException {
    HeldInbox inbox = HeldInbox.storing();
    start(inbox);
    send(FIRE);
    receive();
    send(FIRE);
    assertThat(receive()).isEqualTo(compact(CONFIRM));
    assertThat(frames(inbox)).hasSize(1);
  }

  @Test
  void finds_the_next_frame_after_garbage_and_denies_the_damaged_one() throws IOException {
    HeldInbox inbox = HeldInbox.storing();
    start(inbox);
    String badSum = FIRE.replace("46 23 23", "47 23 23");
    send("00 40 40 40 FF 41 " + badSum + " 23 40 " + FIRE);
    assertThat(receive()).isEqualTo(compact(DENY));
    assertThat(receive()).isEqualTo(compact(CONFIRM));
  }

  @Test
  void a_length_that_lies_does_not_hold_up_the_next_frame() throws IOException {
    start(HeldInbox.storing());
    send("40 40 09 00 " + ROUTE + " FF 03 02 " + FIRE);
    assertThat(receive()).isEqualTo(compact(CONFIRM));
  }

  @Test
  void frames_in_small_pieces_are_put_together() throws IOException {
    start(HeldInbox.storing());
    byte[] bytes = HexFormat.of().parseHex(compact(FIRE));
    for (byte each : bytes) {
      panel.getOutputStream().write(each);
      panel.getOutputStream().flush();
    }
    assertThat(receive()).isEqualTo(compact(CONFIRM));
  }

  @Test
  void fire_goes_first_and_even_while_there_is_no_room() throws IOException {
    HeldInbox inbox = HeldInbox.storing();
    start(inbox);
    inbox.ready(false);
    send(MAINS_FAULT + FIRE);
    assertThat(receive()).isEqualTo(compact(CONFIRM));
    assertThat(frames(inbox)).containsExactly(compact(FIRE));
    inbox.ready(true);
    receive();
    assertThat(frames(inbox)).containsExactly(compact(FIRE), compact(MAINS_FAULT));
  }

  @Test
  void a_panel_is_online_at_its_first_frame_and_offline_after_silence() throws IOException {
    HeldInbox inbox = HeldInbox.storing();
    start(inbox, Duration.ofMillis(400));
    send(HEARTBEAT);
    receive();
    assertThat(source.connected()).containsExactly(PANEL);
    inbox.awaitCount(2);
    assertThat(inbox.texts()).containsExactly("online", "offline");
    assertThat(inbox.messages().getFirst().topic()).isEqualTo("gb26875/" + PANEL + "/status");
  }

  @Test
  void a_duty_check_is_sent_and_confirmed() throws IOException {
    start(HeldInbox.storing());
    send(HEARTBEAT);
    receive();
    Future<Outcome> outcome = source.dutyCheck(PANEL, 10);
    PanelFrame frame = frame();
    assertThat(frame.command()).isEqualTo(PanelFrame.CONTROL);
    assertThat(frame.unit()).containsExactly(91, 1, 10);
    assertThat(frame.destination()).isEqualTo(0x379);
    write(frame.reply(PanelFrame.CONFIRM, PanelFrame.time(0)).bytes());
    assertThat(await(outcome)).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_command_is_sent_again_three_times_and_then_unanswered() throws IOException {
    start(HeldInbox.storing());
    send(HEARTBEAT);
    receive();
    Future<Outcome> outcome = source.setClock(PANEL);
    List<String> sent = List.of(receive(), receive(), receive(), receive());
    assertThat(sent).allMatch(each -> each.equals(sent.getFirst()));
    assertThat(await(outcome)).isEqualTo(Outcome.UNANSWERED);
  }

  @Test
  void an_answer_ends_a_request_and_is_stored() throws IOException {
    HeldInbox inbox = HeldInbox.storing();
    start(inbox);
    send(HEARTBEAT);
    receive();
    Future<Outcome> outcome = source.read(PANEL, PanelCommands.Read.DEVICE_STATE, new byte[] {0});
    PanelFrame request = frame();
    byte[] state = HexFormat.of().parseHex("150108023A091A090C");
    write(
        new PanelFrame(
                request.serial(),
                0x0101,
                request.time(),
                request.destination(),
                request.source(),
                PanelFrame.ANSWER,
                state)
            .bytes());
    assertThat(await(outcome)).isEqualTo(Outcome.DONE);
    inbox.awaitCount(2);
  }

  @Test
  void a_denial_and_an_absent_panel_are_told_apart() throws IOException {
    start(HeldInbox.storing());
    assertThat(await(source.dutyCheck(PANEL, 10))).isEqualTo(Outcome.NOT_CONNECTED);
    send(HEARTBEAT);
    receive();
    Future<Outcome> outcome = source.dutyCheck(PANEL, 10);
    write(frame().reply(PanelFrame.DENY, PanelFrame.time(0)).bytes());
    assertThat(await(outcome)).isEqualTo(Outcome.DENIED);
  }

  private static List<String> frames(HeldInbox inbox) {
    return inbox.messages().stream()
        .filter(each -> !each.topic().endsWith("/status"))
        .map(each -> HexFormat.of().withUpperCase().formatHex(each.payload()))
        .toList();
  }

  private void send(String hex) throws IOException {
    write(HexFormat.of().parseHex(compact(hex)));
  }

  private void write(byte[] bytes) throws IOException {
    panel.getOutputStream().write(bytes);
    panel.getOutputStream().flush();
  }

  private String receive() throws IOException {
    byte[] head = panel.getInputStream().readNBytes(PanelFrame.HEAD);
    int length = (head[24] & 0xff) + 256 * (head[25] & 0xff);
    byte[] rest = panel.getInputStream().readNBytes(length + 3);
    byte[] whole = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, whole, head.length, rest.length);
    return HexFormat.of().withUpperCase().formatHex(whole);
  }

  private PanelFrame frame() throws IOException {
    PanelFrame frame = PanelFrame.parse(HexFormat.of().parseHex(receive()));
    assertThat(frame).isNotNull();
    return frame;
  }

  private static String compact(String hex) {
    return hex.replace(" ", "");
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no result", e);
    }
  }
}

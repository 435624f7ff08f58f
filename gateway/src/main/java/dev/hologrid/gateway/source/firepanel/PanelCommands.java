package dev.hologrid.gateway.source.firepanel;

import io.vertx.core.Future;
import java.util.Set;

/**
 * What the centre may ask of a panel. Answers with data come in as readings too. Safe for use by
 * many threads; a panel is named by its address, twelve hexadecimal digits.
 */
public interface PanelCommands {
  /** How it ended. */
  enum Outcome {
    /** The panel confirmed, or answered. */
    DONE,
    /** The panel denied it. */
    DENIED,
    /** No answer within the timeout after all resends. */
    UNANSWERED,
    /** The panel is not connected, or left meanwhile. */
    NOT_CONNECTED
  }

  /** What can be read; the number is the standard's type flag. */
  enum Read {
    SYSTEM_STATE(61, 2),
    COMPONENT_STATE(62, 6),
    ANALOG(63, 6),
    FACILITY_OPERATIONS(64, 9),
    FACILITY_VERSION(65, 2),
    FACILITY_CONFIGURATION(66, 2),
    COMPONENT_CONFIGURATION(67, 6),
    FACILITY_TIME(68, 2),
    DEVICE_STATE(81, 1),
    DEVICE_OPERATIONS(84, 7),
    DEVICE_VERSION(85, 1),
    DEVICE_CONFIGURATION(86, 1),
    DEVICE_TIME(88, 1);

    final int type;
    final int size;

    Read(int type, int size) {
      this.type = type;
      this.size = size;
    }

    /** How many bytes name the object. */
    public int size() {
      return size;
    }
  }

  /** The panels that are connected now. */
  Set<String> connected();

  /** 查岗: is somebody at the panel? The answer itself comes later as {@code duty_answered}. */
  Future<Outcome> dutyCheck(String panel, int minutes);

  /** Sets the panel's clock to the gateway's. */
  Future<Outcome> setClock(String panel);

  /**
   * Asks for one object.
   *
   * @param object which one, in the standard's form; as many bytes as the kind needs
   */
  Future<Outcome> read(String panel, Read what, byte[] object);
}

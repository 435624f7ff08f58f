package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of an existing incident. Text fields may be absent in a request and are then
 * empty; the decider refuses by name what is missing.
 */
public sealed interface IncidentCommand {
  Move move();

  /** Asks an officer to look at it (核实), or confirms it when it is past the report. */
  record Verify(@Nullable String assignee, @Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.VERIFY;
    }
  }

  /** 立案. */
  record File(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.FILE;
    }
  }

  /** Not taken up; a sensor's alarm says as what kind of false alarm. */
  record Reject(@Nullable String reason, @Nullable Resolution resolution)
      implements IncidentCommand {
    @Override
    public Move move() {
      return Move.REJECT;
    }
  }

  /** Fixed on the spot by the officer who found it (简易程序). */
  record SelfHandle(@Nullable String note, @Nullable Resolution resolution)
      implements IncidentCommand {
    @Override
    public Move move() {
      return Move.SELF_HANDLE;
    }
  }

  /** 派遣, to a person, to a department, or to a person of a department. */
  record Dispatch(@Nullable String assignee, @Nullable String department, @Nullable String note)
      implements IncidentCommand {
    @Override
    public Move move() {
      return Move.DISPATCH;
    }
  }

  /** Seen; the clock goes on. */
  record Acknowledge(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.ACKNOWLEDGE;
    }
  }

  record Accept(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.ACCEPT;
    }
  }

  /** Gives a dispatched case to somebody else. */
  record Assign(@Nullable String assignee, @Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.ASSIGN;
    }
  }

  record Feedback(@Nullable String note, @Nullable List<String> photos) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.FEEDBACK;
    }
  }

  /** Begins the check (核查) of what was reported done. */
  record Check(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.CHECK;
    }
  }

  /** The check failed (返工). */
  record Rework(@Nullable String reason) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.REWORK;
    }
  }

  /** The check passed (结案). */
  record Close(
      @Nullable Resolution resolution,
      int deaths,
      int injured,
      long lossYuan,
      @Nullable String note)
      implements IncidentCommand {
    @Override
    public Move move() {
      return Move.CLOSE;
    }
  }

  /** Not ours (回退). */
  record Return(@Nullable String reason) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.RETURN;
    }
  }

  record RequestDeferral(@Nullable Instant until, @Nullable String reason)
      implements IncidentCommand {
    @Override
    public Move move() {
      return Move.REQUEST_DEFERRAL;
    }
  }

  record DecideDeferral(@Nullable Boolean approved, @Nullable String note)
      implements IncidentCommand {
    @Override
    public Move move() {
      return Move.DECIDE_DEFERRAL;
    }
  }

  /** 挂账: cannot be solved now; the clock stops. */
  record Suspend(@Nullable String reason) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.SUSPEND;
    }
  }

  record Resume(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.RESUME;
    }
  }

  /** 督办. */
  record Supervise(@Nullable String reason, @Nullable Supervision kind) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.SUPERVISE;
    }
  }

  record Unsupervise(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.UNSUPERVISE;
    }
  }

  record Escalate(@Nullable String reason) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.ESCALATE;
    }
  }

  record ForceClose(@Nullable String reason) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.FORCE_CLOSE;
    }
  }

  record Reopen(@Nullable String reason) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.REOPEN;
    }
  }

  record Comment(@Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.COMMENT;
    }
  }

  /** Marks it as the same thing as another, open incident. */
  record Link(@Nullable String parent, @Nullable String note) implements IncidentCommand {
    @Override
    public Move move() {
      return Move.LINK;
    }
  }
}

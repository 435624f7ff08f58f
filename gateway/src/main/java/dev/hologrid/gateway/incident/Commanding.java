package dev.hologrid.gateway.incident;

import dev.hologrid.gateway.incident.Decision.Accepted;
import dev.hologrid.gateway.incident.Decision.Refused;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** People's commands in one unit of work. */
final class Commanding {
  private final Unit unit;
  private final Policy policy;
  private final Instant now;

  Commanding(Unit unit, Policy policy, Instant now) {
    this.unit = unit;
    this.policy = policy;
    this.now = now;
  }

  Result command(
      String id, IncidentCommand command, Person person, @Nullable Integer version, String key) {
    String fingerprint = id + " " + command.move().word() + " " + IncidentJson.write(command);
    Result before = done(key, fingerprint);
    if (before != null) {
      return before;
    }
    Incident incident = unit.find(id);
    if (incident == null) {
      return new Result.Refused(Refusal.NO_SUCH_INCIDENT, "there is no incident " + id);
    }
    if (version != null && version != incident.version()) {
      return new Result.Refused(
          Refusal.STALE_VERSION,
          "expected version " + version + ", but the incident is at " + incident.version());
    }
    if (command instanceof IncidentCommand.Link link) {
      Refused unfit = unfitParent(incident, link);
      if (unfit != null) {
        return Result.of(unfit);
      }
    }
    if (command instanceof IncidentCommand.Feedback feedback && feedback.photos() != null) {
      Result unknown = unknownPhoto(feedback.photos());
      if (unknown != null) {
        return unknown;
      }
    }
    if (closesOwnWork(incident, command, person)) {
      return new Result.Refused(
          Refusal.HANDLED_IT_YOURSELF,
          "expected somebody who handled none of its duplicates, which would close with it");
    }
    return switch (IncidentDecider.decide(incident, command, person, now, policy)) {
      case Refused r -> Result.of(r);
      case Accepted a -> {
        Incident after = unit.append(id, incident, a.events(), now, person);
        Routes routes = new Routes(unit, policy, now);
        routes.closeDuplicates(after);
        Incident last = command instanceof IncidentCommand.Reopen ? routes.send(after) : after;
        remember(key, fingerprint, last);
        yield new Result.Done(last);
      }
    };
  }

  Result open(Opening opening, Spot spot, Person person, String id, String number, String key) {
    String fingerprint = "open " + IncidentJson.write(opening);
    Result before = done(key, fingerprint);
    if (before != null) {
      return before;
    }
    Result unknown = unknownPhoto(opening.photos());
    if (unknown != null) {
      return unknown;
    }
    return switch (Intake.open(opening, number, spot, person, now, policy)) {
      case Refused r -> Result.of(r);
      case Accepted a -> {
        Incident opened = unit.append(id, null, a.events(), now, person);
        Routes routes = new Routes(unit, policy, now);
        Incident after = routes.inform(routes.send(opened));
        remember(key, fingerprint, after);
        yield new Result.Done(after);
      }
    };
  }

  private @Nullable Result unknownPhoto(List<String> photos) {
    for (String each : photos) {
      if (!unit.isAttachment(each)) {
        return new Result.Refused(
            Refusal.UNKNOWN_ATTACHMENT,
            "expected the hash of an attachment that was brought before, but was " + each);
      }
    }
    return null;
  }

  /** Closing a parent closes its duplicates, so it verifies them too. */
  private boolean closesOwnWork(Incident parent, IncidentCommand command, Person person) {
    boolean closes =
        command instanceof IncidentCommand.Close || command instanceof IncidentCommand.ForceClose;
    return closes
        && new Routes(unit, policy, now)
            .openDuplicates(parent).stream()
                .anyMatch(each -> each.hands().handlers().contains(person.id()));
  }

  /** Duplicates are one level deep: a parent has no parent, a child no children. */
  private @Nullable Refused unfitParent(Incident child, IncidentCommand.Link link) {
    Incident parent = link.parent() == null ? null : unit.find(link.parent());
    if (parent == null || !parent.isOpen() || parent.parent() != null) {
      return Decision.refuse(
          Refusal.NOT_A_PARENT,
          "expected an open incident that is no duplicate itself, but was " + link.parent());
    }
    if (child.report().origin() == Origin.SENSOR && parent.report().origin() != Origin.SENSOR) {
      return Decision.refuse(
          Refusal.NOT_A_PARENT,
          "expected a sensor's case, for a sensor's says how it ended: link "
              + parent.number()
              + " to this one instead");
    }
    boolean hasChildren =
        unit.handle()
            .createQuery("select id from incidents where parent = :p limit 1")
            .bind("p", child.id())
            .mapTo(String.class)
            .findOne()
            .isPresent();
    return hasChildren
        ? Decision.refuse(
            Refusal.NOT_A_PARENT, "expected an incident without duplicates of its own")
        : null;
  }

  private @Nullable Result done(String key, String fingerprint) {
    record Used(String fingerprint, String incident) {}
    Used used =
        unit.handle()
            .createQuery(
                "select fingerprint, incident from command_keys where idempotency_key = :k")
            .bind("k", key)
            .map((rs, ctx) -> new Used(rs.getString(1), rs.getString(2)))
            .findOne()
            .orElse(null);
    if (used == null) {
      return null;
    }
    Incident incident = unit.find(used.incident());
    return incident != null && used.fingerprint().equals(fingerprint)
        ? new Result.Done(incident)
        : new Result.Refused(
            Refusal.KEY_REUSED, "the idempotency key was used for another command");
  }

  private void remember(String key, String fingerprint, Incident after) {
    unit.handle()
        .execute(
            "insert into command_keys (idempotency_key, fingerprint, incident, version, at)"
                + " values (?, ?, ?, ?, ?)",
            key,
            fingerprint,
            after.id(),
            after.version(),
            now.toEpochMilli());
  }

  static long nextOffset(Handle handle, String follower) {
    List<Long> found =
        handle
            .createQuery("select next_offset from follower_offsets where follower = :f")
            .bind("f", follower)
            .mapTo(Long.class)
            .list();
    return found.isEmpty() ? 0 : found.getFirst();
  }
}

package dev.hologrid.gateway.http;

import dev.hologrid.gateway.attachment.Attachments;
import dev.hologrid.gateway.attachment.FileType;
import dev.hologrid.gateway.incident.IncidentQueries;
import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.patrol.Patrol;
import dev.hologrid.gateway.patrol.Patrols;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Photographs and papers: brought first, then named by their hash in a report or a feedback. */
final class AttachmentsResource implements Resource {
  private final Attachments attachments;
  private final IncidentQueries incidents;
  private final Patrols patrols;
  private final Scopes scopes;
  private final Clock clock;

  AttachmentsResource(HttpParts parts, Scopes scopes) {
    this.attachments = parts.records().attachments();
    this.patrols = parts.records().patrols();
    this.incidents = parts.work().incidents();
    this.clock = parts.server().clock();
    this.scopes = scopes;
  }

  /** What came of bringing one. */
  record View(String hash, String type, long size) {}

  @Override
  public Map<String, Endpoint> endpoints() {
    return Map.of("keepAttachment", this::keep, "getAttachment", this::get);
  }

  private Future<Answer> keep(Call call) {
    byte[] content = call.raw().getBytes();
    @Nullable FileType type = FileType.of(content);
    if (type == null) {
      throw new Refused(
          Problem.of(415, "the content is no JPEG, PNG, WebP, MP4 or PDF by its first bytes")
              .at("body"));
    }
    Person person = call.person();
    Instant now = clock.instant();
    return call.off(
        () -> {
          Attachments.Attachment kept = attachments.keep(content, type, person.id(), now);
          return Answer.json(201, new View(kept.hash(), type.media(), kept.size()))
              .with("Location", "/api/v1/attachments/" + kept.hash());
        });
  }

  private Future<Answer> get(Call call) {
    String hash = call.path("hash");
    Person viewer = call.person();
    return call.off(
        () -> {
          Attachments.Attachment found = attachments.find(hash);
          if (found == null || !sees(viewer, found)) {
            throw Refused.notFound("there is no attachment " + hash + " that you may see");
          }
          return Answer.of(found.type().media(), Buffer.buffer(attachments.content(hash)))
              .with("Content-Disposition", "inline; filename=\"" + hash.substring(0, 16) + "\"")
              .with("Cache-Control", "private, max-age=86400, immutable");
        });
  }

  /** Whoever brought it, and whoever sees something that it belongs to. */
  private boolean sees(Person viewer, Attachments.Attachment attachment) {
    return attachment.by().equals(viewer.id())
        || attachments.subjects(attachment.hash()).stream().anyMatch(each -> sees(viewer, each));
  }

  private boolean sees(Person viewer, String subject) {
    if (incidents.get(subject, viewer).isPresent()) {
      return true;
    }
    Patrol patrol = patrols.find(subject);
    return patrol != null
        && (patrol.officer().equals(viewer.id()) || scopes.covers(viewer, patrol.grid()));
  }
}

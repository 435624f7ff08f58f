package dev.hologrid.gateway.site;

import dev.hologrid.gateway.component.Check;
import dev.hologrid.gateway.component.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The grid tree and the provisioned devices as they are now: one immutable {@link Snapshot},
 * replaced as a whole by an import. Any thread may read; imports come one at a time.
 */
public final class Site implements Component {
  private static final List<String> FILES =
      List.of(
          SiteImport.PLACES,
          SiteImport.SHAPES,
          SiteImport.DEVICES,
          "people.csv",
          "mediation.csv",
          "patrols.csv");

  /** Places and devices that belong together. */
  public record Snapshot(PlaceTree places, List<SiteDevice> devices) {}

  private final SiteConfig config;
  private final Path kept;
  private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
  private volatile Snapshot now = new Snapshot(PlaceTree.empty(), List.of());
  private volatile List<SiteProblem> problems = List.of();

  /**
   * No I/O yet.
   *
   * @param kept where the imported files are kept, {@code DATA/site}
   */
  public Site(SiteConfig config, Path kept) {
    this.config = config;
    this.kept = kept;
  }

  /** Imports the configured folder, or what was kept of an earlier import. */
  public void start() {
    Path from = config.files();
    if (from != null) {
      importFrom(from);
    } else if (Files.exists(kept.resolve(SiteImport.PLACES))) {
      take(SiteImport.read(kept));
    }
  }

  /**
   * Takes the files of a folder over and keeps copies; with any problem nothing changes.
   *
   * @return the problems, empty when it was taken over
   */
  public synchronized List<SiteProblem> importFrom(Path folder) {
    SiteImport.Imported imported = SiteImport.read(folder);
    if (imported instanceof SiteImport.Imported.Read && !folder.equals(kept)) {
      keep(folder);
    }
    return take(imported);
  }

  private List<SiteProblem> take(SiteImport.Imported imported) {
    switch (imported) {
      case SiteImport.Imported.Read read -> {
        problems = List.of();
        now = new Snapshot(read.places(), read.devices());
        listeners.forEach(each -> each.accept(now));
      }
      case SiteImport.Imported.Refused refused -> problems = refused.problems();
    }
    return problems;
  }

  private void keep(Path folder) {
    try {
      Files.createDirectories(kept);
      for (String each : FILES) {
        if (Files.exists(folder.resolve(each))) {
          Path fresh = kept.resolve(each + ".new");
          Files.copy(folder.resolve(each), fresh, StandardCopyOption.REPLACE_EXISTING);
          Files.move(fresh, kept.resolve(each), StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.deleteIfExists(kept.resolve(each));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the site files could not be kept in " + kept, e);
    }
  }

  /** Told at once, and after each import, on the importing thread. */
  public void onChange(Consumer<Snapshot> listener) {
    listeners.add(listener);
    listener.accept(now);
  }

  public Snapshot now() {
    return now;
  }

  public PlaceTree places() {
    return now.places();
  }

  /** Where the imported files are kept; what an export copies. */
  public Path files() {
    return kept;
  }

  @Override
  public String name() {
    return "site";
  }

  @Override
  public Check check() {
    List<SiteProblem> found = problems;
    return found.isEmpty()
        ? Check.ok()
        : Check.degraded(
            found.size() + " problems in the site files, the first: " + found.getFirst());
  }

  @Override
  public void close() {}
}

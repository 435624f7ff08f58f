package dev.hologrid.gateway.openid;

import dev.hologrid.gateway.incident.Person;
import dev.hologrid.gateway.incident.Role;
import dev.hologrid.gateway.incident.Roster;
import dev.hologrid.gateway.openid.SignInRefused.Reason;
import dev.hologrid.gateway.site.PlaceTree;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The people of the provider among those of the site. The first login makes a person, each later
 * one brings name, roles and area up to date; whether they are on duty, their telephone and their
 * department are this server's matter. Nobody of the site's own is ever changed: a person's id
 * comes from issuer and subject alone. Blocks. Safe for use by many threads.
 */
public final class ProvidedPeople {
  private final Roster roster;
  private final ClaimRules rules;
  private final Supplier<PlaceTree> places;

  public ProvidedPeople(Roster roster, ClaimRules rules, Supplier<PlaceTree> places) {
    this.roster = roster;
    this.rules = rules;
    this.places = places;
  }

  /** What a login made of a person. */
  public enum Change {
    CREATED,
    CHANGED,
    NONE
  }

  /** Somebody who is let in. */
  public record Admitted(Person person, Change change) {
    /** For the audit. */
    public String said() {
      return "roles "
          + person.roles().stream().sorted().map(Role::word).collect(Collectors.joining("+"))
          + ", area "
          + (person.scope().isEmpty() ? "everywhere" : person.scope());
    }
  }

  /**
   * Lets somebody in whom the provider has signed in.
   *
   * @throws SignInRefused when they have no role or no area here; whoever had one has none from
   *     then on
   */
  public Admitted admit(Identity identity) throws SignInRefused {
    Person before = roster.find(identity.person());
    try {
      Person now = person(identity, before);
      if (!now.equals(before)) {
        roster.save(Set.of(now));
      }
      return new Admitted(
          now, before == null ? Change.CREATED : now.equals(before) ? Change.NONE : Change.CHANGED);
    } catch (SignInRefused e) {
      if (before != null && !before.roles().isEmpty()) {
        roster.save(
            Set.of(
                new Person(
                    before.id(),
                    before.name(),
                    Set.of(),
                    before.scope(),
                    false,
                    before.phone(),
                    before.department())));
      }
      throw e;
    }
  }

  private Person person(Identity identity, @Nullable Person before) throws SignInRefused {
    Set<Role> roles = rules.rolesOf(identity.claims());
    if (roles.isEmpty()) {
      throw new SignInRefused(
          Reason.NO_ROLE, "nothing in the claim " + rules.rolesClaim() + " gives a role");
    }
    return new Person(
        identity.person(),
        rules.nameOf(identity.claims(), identity.subject()),
        roles,
        scope(rules.placesOf(identity.claims())),
        before == null || before.onDuty() || before.roles().isEmpty(),
        before == null ? "" : before.phone(),
        before == null ? "" : before.department());
  }

  /** The one place that holds all that are named; several apart are not one area. */
  private String scope(Set<String> named) throws SignInRefused {
    if (named.contains(ClaimRules.EVERYWHERE)) {
      return "";
    }
    PlaceTree tree = places.get();
    Set<String> there =
        named.stream().filter(each -> tree.place(each) != null).collect(Collectors.toSet());
    if (there.isEmpty()) {
      throw new SignInRefused(
          Reason.NO_AREA, named.isEmpty() ? "no area is named" : "no such place: " + named);
    }
    for (String each : there) {
      if (there.stream().allMatch(other -> other.equals(each) || tree.contains(each, other))) {
        return each;
      }
    }
    throw new SignInRefused(Reason.NO_AREA, "these are several areas: " + there);
  }
}

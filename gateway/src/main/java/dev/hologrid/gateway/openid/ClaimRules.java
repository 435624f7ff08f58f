package dev.hologrid.gateway.openid;

import dev.hologrid.gateway.config.Setting;
import dev.hologrid.gateway.config.Settings;
import dev.hologrid.gateway.incident.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From what a provider says of a person to roles and area. A claim is named as in the token; dots
 * lead into an object: {@code realm_access.roles}.
 *
 * @param nameClaim how the person is called
 * @param rolesClaim a text or a list of texts
 * @param roles which of them give which role; all others give none
 * @param areaClaim a text or a list of texts; null: {@link #everybody} holds for all
 * @param areas which of them mean which place; another is the code of a place itself
 * @param everybody the place of all who sign in, used without an area claim
 */
public record ClaimRules(
    String nameClaim,
    String rolesClaim,
    List<RoleRule> roles,
    @Nullable String areaClaim,
    List<AreaRule> areas,
    String everybody) {
  /** The whole site, as a place. */
  static final String EVERYWHERE = "*";

  private static final int MOST = 200;
  private static final int LONGEST_NAME = 60;

  public ClaimRules {
    roles = List.copyOf(roles);
    areas = List.copyOf(areas);
  }

  /** One value of the roles claim. */
  public record RoleRule(String value, Role role) {}

  /** One value of the area claim. */
  public record AreaRule(String value, String place) {}

  static ClaimRules read(Settings s, boolean used) {
    ClaimRules rules =
        new ClaimRules(
            s.at("openid.name-claim").text("name"),
            s.at("openid.roles-claim").text("roles"),
            roles(s),
            s.at("openid.area-claim").textOrNull(),
            areas(s),
            s.at("openid.area").text(""));
    if (used && rules.roles.isEmpty()) {
      s.problem(
          "openid.roles",
          "must list at least one, for example - {value: dispatch, role: dispatcher}");
    }
    if (used && (rules.areaClaim == null) == rules.everybody.isEmpty()) {
      s.problem(
          "openid.area-claim",
          "or openid.area is required, and not both; openid.area: \"*\" is the whole site");
    }
    return rules;
  }

  private static List<RoleRule> roles(Settings s) {
    List<RoleRule> rules = new ArrayList<>();
    for (int i = 0; i < count(s, "openid.roles"); i++) {
      String key = "openid.roles." + i;
      String value = s.at(key + ".value").text("");
      Setting role = s.at(key + ".role");
      Role given = role.word(Role.class, Role.RESIDENT);
      if (value.isEmpty() || !role.present()) {
        s.problem(key, "needs a value of the claim and a role");
      } else {
        rules.add(new RoleRule(value, given));
      }
    }
    return rules;
  }

  private static List<AreaRule> areas(Settings s) {
    List<AreaRule> rules = new ArrayList<>();
    for (int i = 0; i < count(s, "openid.areas"); i++) {
      String key = "openid.areas." + i;
      AreaRule rule = new AreaRule(s.at(key + ".value").text(""), s.at(key + ".place").text(""));
      if (rule.value.isEmpty() || rule.place.isEmpty()) {
        s.problem(key, "needs a value of the claim and the code of a place");
      } else {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static int count(Settings s, String key) {
    int count = s.sections(key);
    if (count > MOST) {
      s.problem(key, "must be at most " + MOST + ", but were " + count);
    }
    return Math.min(count, MOST);
  }

  /** What the token itself lacks of what is needed here. */
  boolean complete(Map<String, Object> claims) {
    return claims.containsKey(root(claims, nameClaim))
        && claims.containsKey(root(claims, rolesClaim))
        && (areaClaim == null || claims.containsKey(root(claims, areaClaim)));
  }

  private static String root(Map<String, Object> claims, String claim) {
    int dot = claim.indexOf('.');
    return dot < 0 || claims.containsKey(claim) ? claim : claim.substring(0, dot);
  }

  /** All roles that the claims give; empty when none. */
  Set<Role> rolesOf(Map<String, Object> claims) {
    List<String> given = values(claims, rolesClaim);
    Set<Role> found = EnumSet.noneOf(Role.class);
    for (RoleRule each : roles) {
      if (given.contains(each.value)) {
        found.add(each.role);
      }
    }
    return found;
  }

  /** The places that the claims name, as they are written there or mapped; may not exist. */
  Set<String> placesOf(Map<String, Object> claims) {
    if (areaClaim == null) {
      return Set.of(everybody);
    }
    Set<String> places = new LinkedHashSet<>();
    for (String value : values(claims, areaClaim)) {
      List<String> mapped =
          areas.stream().filter(each -> each.value.equals(value)).map(AreaRule::place).toList();
      if (!mapped.isEmpty()) {
        places.addAll(mapped);
      } else if (!value.equals(EVERYWHERE)) { // the whole site is given by this server alone
        places.add(value);
      }
    }
    return places;
  }

  /** How the person is called, or what the provider calls them by. */
  String nameOf(Map<String, Object> claims, String subject) {
    for (String claim : List.of(nameClaim, "name", "preferred_username")) {
      for (String value : values(claims, claim)) {
        String name = plain(value);
        if (!name.isEmpty()) {
          return name;
        }
      }
    }
    return plain(subject);
  }

  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .limit(LONGEST_NAME)
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }

  /** The texts of a claim; whatever else it holds is left out. */
  private static List<String> values(Map<String, Object> claims, String claim) {
    Object found = find(claims, claim);
    if (found instanceof String text) {
      return List.of(text);
    }
    if (found instanceof Collection<?> many) {
      return many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }
    return List.of();
  }

  private static @Nullable Object find(Map<String, Object> claims, String claim) {
    Object whole =
        claims.get(claim); // names with dots in them are usual: https://example.org/roles
    int dot = claim.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    Object within = claims.get(claim.substring(0, dot));
    if (!(within instanceof Map<?, ?> object)) {
      return null;
    }
    @SuppressWarnings("unchecked") // JSON objects have texts as keys
    Map<String, Object> inner = (Map<String, Object>) object;
    return find(inner, claim.substring(dot + 1));
  }
}

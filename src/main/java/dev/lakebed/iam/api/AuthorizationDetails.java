package dev.lakebed.iam.api;

import dev.lakebed.iam.store.AwsPolicies;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** GetAccountAuthorizationDetails: everything with its policies, kind after kind. */
final class AuthorizationDetails {
  /** The parts in the order in which pages go through them, with the words of Filter. */
  private enum Part {
    USERS("1:", "User", Kind.USER, "UserDetailList"),
    GROUPS("2:", "Group", Kind.GROUP, "GroupDetailList"),
    ROLES("3:", "Role", Kind.ROLE, "RoleDetailList"),
    LOCAL("4:", "LocalManagedPolicy", Kind.POLICY, "Policies"),
    AWS("5:", "AWSManagedPolicy", Kind.POLICY, "Policies");

    private final String place;
    private final String filter;
    private final Kind kind;
    private final String list;

    Part(String place, String filter, Kind kind, String list) {
      this.place = place;
      this.filter = filter;
      this.kind = kind;
      this.list = list;
    }

    Stream<Entity> after(Inventory inventory, String name) {
      return this == AWS
          ? AwsPolicies.all().stream()
              .map(Configured::policy)
              .filter(policy -> Inventory.key(policy).compareTo(name) > 0)
              .sorted(Comparator.comparing(Inventory::key))
          : inventory.stream(kind, "/", name);
    }
  }

  private record Found(Part part, Detail detail) {
    String place() {
      return part.place + Inventory.key(detail.entity());
    }
  }

  private AuthorizationDetails() {}

  static QueryXml.Content answer(Exchange x) {
    Paging paging = Paging.of(x.query());
    Set<String> filter = Set.copyOf(x.query().members("Filter"));
    List<Found> found = x.readMuch(inventory -> found(inventory, paging, filter));
    return xml -> {
      for (String list :
          List.of("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")) {
        xml.element(list, members -> members(members, paging.page(found), list));
      }
      paging.more(xml, found, Found::place);
    };
  }

  private static void members(QueryXml xml, List<Found> page, String list)
      throws XMLStreamException {
    for (Found found : page) {
      if (found.part().list.equals(list)) {
        xml.element("member", found.detail()::write);
      }
    }
  }

  private static List<Found> found(Inventory inventory, Paging paging, Set<String> filter) {
    List<Found> all = new ArrayList<>();
    for (Part part : Part.values()) {
      String start = part.place;
      boolean passed = !paging.after().startsWith(start) && paging.after().compareTo(start) > 0;
      if (!passed && (filter.isEmpty() || filter.contains(part.filter))) {
        String after =
            paging.after().startsWith(start) ? paging.after().substring(start.length()) : "";
        part.after(inventory, after)
            .limit(paging.size() + 1L - all.size())
            .forEach(entity -> all.add(new Found(part, Detail.of(inventory, entity))));
      }
    }
    return all;
  }
}

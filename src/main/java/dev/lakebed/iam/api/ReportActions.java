package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** The credential report, made when it is asked for, and which policies grant a service. */
final class ReportActions {
  private static final int MOST_USERS = 10_000;

  private ReportActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "GenerateCredentialReport",
        Aim.ACCOUNT,
        x -> xml -> xml.text("State", "COMPLETE").text("Description", "It is made when fetched"));
    table.answer("GetCredentialReport", Aim.ACCOUNT, ReportActions::credentials);
    table.answer(
        "ListPoliciesGrantingServiceAccess",
        Aim.byArn(Parameter.ARN),
        ReportActions::granting,
        "Arn*",
        "ServiceNamespaces*",
        "Marker");
  }

  private static QueryXml.Content credentials(Exchange x) {
    x.services().uses().flush();
    String csv =
        x.readMuch(
            inventory -> {
              NewEntity.refuse(
                  AccountActions.count(inventory, Kind.USER) > MOST_USERS,
                  QueryError.LIMIT_EXCEEDED,
                  "The report is made for at most " + MOST_USERS + " users");
              return CredentialReport.of(inventory);
            });
    return xml ->
        xml.text("Content", Base64.getEncoder().encodeToString(csv.getBytes(UTF_8)))
            .text("ReportFormat", "text/csv")
            .text("GeneratedTime", EntityXml.time(x.now()));
  }

  private static QueryXml.Content granting(Exchange x) {
    List<String> services = x.query().members("ServiceNamespaces");
    List<PolicySource> sources =
        x.read(
            inventory ->
                PolicySource.of(
                    inventory, PolicySource.principal(inventory, x.require(Parameter.ARN))));
    record Entry(String place, String service) {}
    List<Entry> entries = new ArrayList<>();
    services.forEach(service -> entries.add(new Entry("%06d".formatted(entries.size()), service)));
    Paging paging = Paging.of(x.query());
    return paging.content(
        "PoliciesGrantingServiceAccess",
        paging.slice(entries, Entry::place),
        Entry::place,
        (member, entry) ->
            member
                .text("ServiceNamespace", entry.service())
                .element("Policies", all -> policies(all, sources, entry.service())));
  }

  private static void policies(QueryXml xml, List<PolicySource> sources, String service)
      throws XMLStreamException {
    for (PolicySource source : sources) {
      if (source.policy().grants(service)) {
        xml.element("member", member -> policy(member, source));
      }
    }
  }

  private static void policy(QueryXml xml, PolicySource source) throws XMLStreamException {
    xml.text("PolicyName", source.name())
        .text("PolicyType", source.arn().isPresent() ? "MANAGED" : "INLINE");
    if (source.arn().isPresent()) {
      xml.text("PolicyArn", source.arn().get());
    } else {
      xml.text("EntityType", source.holder().kind().name())
          .text("EntityName", source.holder().name());
    }
  }
}

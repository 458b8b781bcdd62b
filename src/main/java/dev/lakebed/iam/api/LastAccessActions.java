package dev.lakebed.iam.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import dev.lakebed.metadata.iam.LastUse;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryXml;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * When an entity last used a service. The answer is ready at once; this server keeps it an hour.
 */
final class LastAccessActions {
  private static final int MOST_JOBS = 1000;
  private static final List<String> SERVICES = List.of("s3", "s3tables", "iam", "sts");
  static final Parameter GRANULARITY =
      Parameter.oneOf("Granularity", "SERVICE_LEVEL", "ACTION_LEVEL");

  private final Cache<String, Job> jobs =
      Caffeine.newBuilder().maximumSize(MOST_JOBS).expireAfterWrite(Duration.ofHours(1)).build();

  private record Job(String account, Instant created, Map<String, List<Use>> uses) {}

  private record Use(LastUse use, String arn) {}

  private LastAccessActions() {}

  static void addTo(ActionTable table) {
    LastAccessActions actions = new LastAccessActions();
    table.answer(
        "GenerateServiceLastAccessedDetails",
        Aim.byArn(Parameter.ARN),
        actions::generate,
        "Arn*",
        "Granularity");
    table.list("GetServiceLastAccessedDetails", Aim.ACCOUNT, actions::get, "JobId*");
  }

  private QueryXml.Content generate(Exchange x) {
    x.services().uses().flush();
    NewEntity.refuse(
        x.find(GRANULARITY).filter("ACTION_LEVEL"::equals).isPresent(),
        QueryError.NOT_IMPLEMENTED,
        "Granularity ACTION_LEVEL is not implemented: uses are kept by service");
    Map<String, List<Use>> uses =
        x.read(
            inventory ->
                principals(inventory, x.require(Parameter.ARN))
                    .flatMap(
                        entity ->
                            inventory.stored().uses().of(entity.id()).stream()
                                .map(use -> new Use(use, entity.arn())))
                    .sorted((a, b) -> b.use().at().compareTo(a.use().at()))
                    .collect(Collectors.groupingBy(use -> use.use().service())));
    String id = UUID.randomUUID().toString();
    jobs.put(id, new Job(x.account(), x.now(), uses));
    return xml -> xml.text("JobId", id);
  }

  private static Stream<Entity> principals(Inventory inventory, String arn) {
    Entity entity =
        Arns.find(inventory, arn)
            .orElseThrow(
                () ->
                    new QueryException(
                        QueryError.NO_SUCH_ENTITY,
                        "Entity with ARN %s cannot be found.".formatted(arn)));
    return switch (entity.kind()) {
      case USER, ROLE -> Stream.of(entity);
      case GROUP -> inventory.entities(inventory.stored().members().in(entity.id()));
      case POLICY -> inventory.having(arn).stream().filter(e -> e.kind() != Kind.GROUP);
      case ROOT, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
          throw new QueryException(
              QueryError.INVALID_INPUT, "The ARN must name a user, group, role or policy.");
    };
  }

  private QueryXml.Content get(Exchange x) {
    String id = x.require(Parameter.JOB_ID);
    Job job =
        Optional.ofNullable(jobs.getIfPresent(id))
            .filter(found -> found.account().equals(x.account()))
            .orElseThrow(
                () ->
                    new QueryException(
                        QueryError.NO_SUCH_ENTITY, "There is no job %s.".formatted(id)));
    Paging paging = Paging.of(x.query());
    QueryXml.Content services =
        paging.content(
            "ServicesLastAccessed",
            paging.slice(SERVICES, service -> service),
            service -> service,
            (member, service) ->
                write(member, service, job.uses().getOrDefault(service, List.of())));
    return xml -> {
      xml.text("JobStatus", "COMPLETED")
          .text("JobType", "SERVICE_LEVEL")
          .text("JobCreationDate", EntityXml.time(job.created()))
          .text("JobCompletionDate", EntityXml.time(job.created()));
      services.writeTo(xml);
    };
  }

  private static void write(QueryXml xml, String service, List<Use> uses)
      throws XMLStreamException {
    xml.text("ServiceName", service).text("ServiceNamespace", service);
    if (!uses.isEmpty()) {
      Use latest = uses.getFirst();
      xml.text("LastAuthenticated", EntityXml.time(latest.use().at()))
          .text("LastAuthenticatedEntity", latest.arn())
          .text("LastAuthenticatedRegion", latest.use().region());
    }
    xml.text("TotalAuthenticatedEntities", String.valueOf(uses.size()));
  }
}

package dev.lakebed.iam.api;

import dev.lakebed.iam.api.LastAccessJobs.LastAccessCandidate;
import dev.lakebed.iam.api.LastAccessJobs.LastAccessJob;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.util.List;
import java.util.Optional;

/**
 * When an entity last used a service. The answer is ready at once; this server keeps it an hour, as
 * far as {@link LastAccessJobs} has room.
 */
final class LastAccessActions {
  private static final int JOBS_PART_OF_HEAP = 32;
  private static final Parameter GRANULARITY =
      Parameter.oneOf("Granularity", "SERVICE_LEVEL", "ACTION_LEVEL");
  private static final Parameter JOB_ID = Parameter.of("JobId", 36, 36, "[0-9a-f-]+");
  private static final Parameter SERVICE = Parameter.of("ServiceNamespace", 1, 64, "[\\w-]*");

  private final LastAccessJobs jobs =
      new LastAccessJobs(Runtime.getRuntime().maxMemory() / JOBS_PART_OF_HEAP);

  private LastAccessActions() {}

  static void addTo(ActionTable table) {
    LastAccessActions actions = new LastAccessActions();
    table.answer(
        "GenerateServiceLastAccessedDetails",
        ActionTarget.byArn(IamParameter.ARN),
        actions::generate,
        IamParameter.ARN.required(),
        GRANULARITY);
    ActionTarget.Finder account = ActionTarget.ACCOUNT;
    ParameterLimits job = JOB_ID.required();
    table.list("GetServiceLastAccessedDetails", account, actions::services, job);
    table.list(
        "GetServiceLastAccessedDetailsWithEntities",
        account,
        actions::entities,
        job,
        SERVICE.required());
  }

  private QueryXml.Content generate(IamRequest x) {
    NewEntity.refuse(
        x.find(GRANULARITY).filter("ACTION_LEVEL"::equals).isPresent(),
        QueryError.NOT_IMPLEMENTED,
        "ACTION_LEVEL is not implemented: this server keeps the last use of services, not of"
            + " actions; ask for SERVICE_LEVEL");
    x.services().uses().flush();
    LastAccessJob job = x.readMuch(all -> LastAccessJob.of(all, x));
    Optional<String> id = jobs.add(x.account(), job);
    NewEntity.refuse(
        id.isEmpty(),
        QueryError.LIMIT_EXCEEDED,
        "The report is about more users and roles than this server has memory for");
    return xml -> xml.text("JobId", id.orElseThrow());
  }

  private LastAccessJob job(IamRequest x) {
    String id = x.require(JOB_ID);
    return jobs.find(x.account(), id, x.now())
        .filter(found -> found.owner().equals(x.caller().principal().arn()))
        .orElseThrow(() -> QueryError.NO_SUCH_ENTITY.because("There is no job %s.".formatted(id)));
  }

  private static void head(QueryXml xml, LastAccessJob job) {
    xml.text("JobStatus", "COMPLETED")
        .text("JobCreationDate", EntityXml.time(job.created()))
        .text("JobCompletionDate", EntityXml.time(job.created()));
  }

  private QueryXml.Content services(IamRequest x) {
    LastAccessJob job = job(x);
    QueryXml.Content services =
        Paging.of(x.query())
            .content(
                "ServicesLastAccessed",
                job.services(),
                service -> service,
                (member, service) -> service(member, service, job));
    return xml -> {
      head(xml, job);
      xml.text("JobType", "SERVICE_LEVEL");
      services.writeTo(xml);
    };
  }

  private static void service(QueryXml xml, String service, LastAccessJob job) {
    List<LastAccessCandidate> users = job.users(service);
    xml.text("ServiceName", service).text("ServiceNamespace", service);
    if (!users.isEmpty()) {
      LastUse latest = users.getFirst().use(service).orElseThrow();
      xml.text("LastAuthenticated", EntityXml.time(latest.at()))
          .text("LastAuthenticatedEntity", users.getFirst().arn())
          .text("LastAuthenticatedRegion", latest.region());
    }
    xml.text("TotalAuthenticatedEntities", String.valueOf(users.size()));
  }

  private QueryXml.Content entities(IamRequest x) {
    String service = x.require(SERVICE);
    LastAccessJob job = job(x);
    QueryXml.Content entities =
        Paging.of(x.query())
            .inOrder(
                "EntityDetailsList",
                job.candidates(service),
                (member, who) -> entity(member, who, service));
    return xml -> {
      head(xml, job);
      entities.writeTo(xml);
    };
  }

  private static void entity(QueryXml xml, LastAccessCandidate who, String service) {
    xml.element(
        "EntityInfo",
        info ->
            info.text("Arn", who.arn())
                .text("Name", who.name())
                .text("Type", who.kind().name())
                .text("Id", who.id())
                .text("Path", who.path()));
    xml.optional("LastAuthenticated", who.use(service).map(LastUse::at).map(EntityXml::time));
  }
}

package dev.lakebed.app;

import dev.lakebed.audit.AuditLog;
import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.EvaluationTurns;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.RequestCaller;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.auth.sigv4.Authenticator;
import dev.lakebed.auth.sigv4.SignatureSettings;
import dev.lakebed.front.FrontAssembly;
import dev.lakebed.front.limit.RequestLimits;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.front.servlet.ServletFilter;
import dev.lakebed.http.VirtualHosts;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iceberg.IcebergProtocol;
import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.limit.ClientRate;
import dev.lakebed.operation.Protocol;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.MetricsPage;
import dev.lakebed.ops.RequestMetrics;
import dev.lakebed.ops.Settings;
import dev.lakebed.s3.S3Protocol;
import dev.lakebed.s3.S3Services;
import dev.lakebed.s3.S3Services.S3Settings;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Uploads;
import dev.lakebed.storage.metadata.tables.Drops;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What answers requests, made of parts that are open. Opens no file, socket or thread itself. */
record Composition(
    Settings settings,
    IamDirectory directory,
    Stores stores,
    KnownPrincipals known,
    SessionServices temporary,
    TableService tables,
    TrustedProxies proxies,
    Clock clock) {
  private static final int MEMORY_BODY_LIMIT = 1024 * 1024;

  /** Log lines of refusals that one client causes. */
  private static final int DENIALS_PER_SECOND = 5;

  /** So much of the heap may hold bodies: one part of so many. */
  private static final int BODIES_PART_OF_HEAP = 4;

  /** Where buckets, objects and tables are kept. */
  record Stores(
      Buckets buckets,
      AccessRules rules,
      Objects objects,
      Uploads uploads,
      BlobStore blobs,
      Namespaces namespaces,
      Tables tables,
      TablePolicies policies,
      Drops drops) {}

  /** Identities, and the API that changes them. */
  interface KnownPrincipals {
    Protocol iam();

    /** Binds whom the policies of buckets and tables name. */
    PrincipalBinding principals();

    /** Notes that the key and the principal of a verified request were used. */
    void note(Authenticated authenticated);
  }

  /** Everything that requests meet. */
  FrontAssembly front(
      Health health, PrometheusRegistry registry, Optional<AuditLog> audit, Tarpit tarpit) {
    ClientRate denials = new ClientRate(DENIALS_PER_SECOND, System::nanoTime);
    EvaluationTurns turns =
        EvaluationTurns.of(new ClientShare(settings.clientShare(), ServletFilter::client));
    return new FrontAssembly(
        new FrontAssembly.Settings(
            settings.listeners().icebergPort(),
            settings.logging().requests(),
            new VirtualHosts(settings.network().domains()),
            new RequestLimits.Settings(
                settings.maxBodies(),
                Runtime.getRuntime().maxMemory() / BODIES_PART_OF_HEAP,
                settings.clientShare())),
        protocols(),
        new Authenticator(temporary.credentials(), clock, signatures()),
        authenticated -> caller(authenticated, denials, turns),
        temporary.pages(),
        health,
        new MetricsPage(registry),
        new RequestMetrics(registry),
        audit,
        proxies,
        tarpit,
        clock);
  }

  private Caller caller(Authenticated authenticated, ClientRate denials, EvaluationTurns turns) {
    known.note(authenticated);
    return tables
        .rights()
        .of(
            RequestCaller.of(
                authenticated, settings.region(), proxies, temporary.sealer(), denials, turns));
  }

  private List<Protocol> protocols() {
    S3Protocol s3 =
        new S3Protocol(
            new S3Services(
                stores.buckets(),
                stores.rules(),
                known.principals(),
                stores.objects(),
                stores.uploads(),
                stores.blobs(),
                this::hasRootUser,
                clock),
            new S3Settings(settings.region(), settings.network().domains(), "lakebed"));
    return List.of(s3, tables.protocol(), temporary.sts(), known.iam(), new IcebergProtocol());
  }

  private boolean hasRootUser(String account) {
    return directory.view().root(account).filter(RootUser::enabled).isPresent();
  }

  private SignatureSettings signatures() {
    return new SignatureSettings(
        Optional.empty(),
        settings.network().externalHosts(),
        proxies::trusts,
        MEMORY_BODY_LIMIT,
        false,
        settings.signatureVersion2(),
        new VirtualHosts(settings.network().domains()));
  }
}

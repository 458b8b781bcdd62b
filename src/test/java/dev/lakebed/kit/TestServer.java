package dev.lakebed.kit;

import dev.lakebed.app.Wiring;
import dev.lakebed.app.Wiring.Wired;
import dev.lakebed.auth.Authenticated.SigningFacts;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.Caller;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.RequestCaller;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.front.Front;
import dev.lakebed.front.FrontAssembly;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.Response;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.operation.Protocol;
import dev.lakebed.ops.Setting;
import dev.lakebed.ops.SettingsReader;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.tables.TableRights;
import dev.lakebed.tables.table.TablePurge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server in process: its real composition and its real pipeline, without sockets, over stores
 * in memory unless a test has others.
 */
public final class TestServer implements TestClient.Transport, AutoCloseable {
  /** The account that everything belongs to unless a configuration has others. */
  public static final String ACCOUNT = "000000000000";

  /** The administrator's access key. */
  public static final String ADMIN = "ADMINOFTHETESTS";

  private static final String ASKS_WHY = "x-lakebed-authorization-message";
  private static final String ONE_ADMIN =
      """
      {"identities":[{"name":"admin","actions":["Admin"],
        "credentials":[{"accessKey":"ADMINOFTHETESTS","secretKey":"0123456789abcdef"}]}]}
      """;
  private static final String WITH_ROOT =
      ONE_ADMIN.replace("[{\"name\"", "[{\"name\":\"root\",\"root\":true},{\"name\"");

  public final MovableClock clock;
  public final MemoryStores stores;
  public final IamDirectory directory;
  public final CredentialLookup credentials;

  /** Removes the files of dropped tables. */
  public final TablePurge purge;

  /** What the rights on tables allow with their files. */
  public final TableRights rights;

  /** Where the configuration and the server's keys are. */
  public final Path folder;

  private final Wired wired;
  private final List<Protocol> protocols;
  private final Front front;
  private volatile Optional<Caller> instead = Optional.empty();

  /** What a server is made of. */
  public static final class Builder {
    private final Map<Setting, String> settings = new EnumMap<>(Setting.class);
    private String configuration = ONE_ADMIN;
    private MemoryStores stores = new MemoryStores();
    private MovableClock clock = MovableClock.going();
    private Path folder;
    private Optional<MetadataStore> identities = Optional.empty();
    private Optional<MetadataStore> metadata = Optional.empty();
    private BlobStore blobs = stores.blobs;
    private Optional<Objects> objects = Optional.empty();

    private Builder() {
      settings.put(Setting.IAM_READ_ONLY, "false");
      settings.put(Setting.ICEBERG_PORT, "1");
      settings.put(Setting.DOMAIN, "s3.test");
    }

    /** Identities, policies, roles, sts. */
    public Builder configuration(String json) {
      configuration = json;
      return this;
    }

    /** Any setting. */
    public Builder setting(Setting setting, String value) {
      settings.put(setting, value);
      return this;
    }

    /** The time that stands still. */
    public Builder standing() {
      clock = MovableClock.standing();
      return this;
    }

    /** Another node over the same memory. */
    public Builder sharing(MemoryStores shared) {
      stores = shared;
      blobs = shared.blobs;
      return this;
    }

    /** Keys and configuration of another node. */
    public Builder in(Path shared) {
      folder = shared;
      return this;
    }

    /** Buckets, objects and tables in a database. */
    public Builder over(MetadataStore store, BlobStore volume) {
      metadata = Optional.of(store);
      blobs = volume;
      return this;
    }

    /** Objects in yet another place. */
    public Builder objects(Objects other) {
      objects = Optional.of(other);
      return this;
    }

    /** Users, groups, roles and policies in a database. */
    public Builder identitiesIn(MetadataStore store) {
      identities = Optional.of(store);
      return this;
    }

    /** Starts it. */
    public TestServer start() {
      try {
        return new TestServer(this);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private TestServer(Builder given) throws IOException {
    clock = given.clock;
    stores = given.stores;
    folder = given.folder == null ? Files.createTempDirectory("lakebed-test") : given.folder;
    Path config = Files.writeString(folder.resolve("iam.json"), given.configuration);
    directory = new IamDirectory(new IdentityLoader(List.of(config), Map.of(), folder));
    Wiring wiring = new Wiring(stores);
    given.metadata.ifPresent(metadata -> wiring.stores(metadata, given.blobs));
    given.objects.ifPresent(wiring::objects);
    given.identities.ifPresent(wiring::identities);
    wired = wiring.wire(SettingsReader.read(given.settings), directory, folder, clock);
    credentials = wired.credentials();
    purge = wired.purge();
    rights = wired.rights();
    protocols = wired.front().protocols();
    front = front(wired.front());
  }

  /** The same, but that a test may say who asks. */
  private Front front(FrontAssembly real) {
    return new FrontAssembly(
            real.settings(),
            real.protocols(),
            real.authenticator(),
            signed -> instead.orElseGet(() -> real.callers().of(signed)),
            real.pages(),
            real.health(),
            real.metricsPage(),
            real.metrics(),
            real.audit(),
            real.proxies(),
            real.tarpit(),
            real.clock())
        .build();
  }

  /** A server to be. */
  public static Builder with() {
    return new Builder();
  }

  /** A server with one administrator. */
  public static TestServer inMemory() {
    return with().start();
  }

  /** A server with these identities, whose time stands still. */
  public static TestServer of(String configuration) {
    return with().configuration(configuration).standing().start();
  }

  /** A server with the identities of Lakekeeper's tests. */
  public static TestServer seed() {
    try {
      return of(Files.readString(Path.of("src/test/resources/seed/iam_config.json")));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Changes the configuration. */
  public void reconfigure(String json) {
    try {
      Files.writeString(folder.resolve("iam.json"), json);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (!directory.reload()) {
      throw new IllegalStateException("not reloaded");
    }
  }

  /** Gives the account a root user. */
  public void addRoot() {
    reconfigure(WITH_ROOT);
  }

  /** All of them. */
  public List<Protocol> protocols() {
    return protocols;
  }

  /** The protocol of that kind. */
  public Protocol protocol(Protocol.Kind kind) {
    return protocols.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }

  /** S3, called by the administrator. */
  public TestClient s3() {
    return client(key(ADMIN), "s3");
  }

  /** S3 Tables, called by the administrator. */
  public TestClient tables(String... headers) {
    return client(key(ADMIN), "s3tables", headers);
  }

  /** A client of one service; {@code headers}, names and values in turn, go with all requests. */
  public TestClient client(Keys keys, String service, String... headers) {
    return new TestClient(this, keys, service, clock, headers);
  }

  /** An action of STS, with the header that asks why it is refused. */
  public Answer sts(Keys keys, String action, String... parameters) {
    return client(keys, "sts", ASKS_WHY, "true").call(action, parameters);
  }

  /** An action of IAM. */
  public Answer iam(Keys keys, String action, String... parameters) {
    return client(keys, "iam").call(action, parameters);
  }

  /** Asks STS for a session. */
  public Answer assume(Keys keys, String... parameters) {
    return sts(keys, "AssumeRole", parameters);
  }

  @Override
  public void as(Caller caller) {
    instead = Optional.of(caller);
  }

  @Override
  public Answer send(Message message, RequestBody body) {
    try (MemoryExchange http = new MemoryExchange(message, body)) {
      Optional<Front.Admitted> admitted = admitted(http);
      if (admitted.isPresent()) {
        front.run(admitted.get(), http);
      }
      return http.answer();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Optional<Front.Admitted> admitted(MemoryExchange http) throws IOException {
    Optional<Front.Received> received = front.receive(http);
    return received.isPresent() ? front.admit(received.get(), http) : Optional.empty();
  }

  /** An answer whose body nobody has taken yet. */
  public Response open(String method, String target) throws IOException {
    RequestBody none = RequestBody.EMPTY;
    try (MemoryExchange http = new MemoryExchange(s3().signed(method, target, none), none)) {
      return admitted(http).orElseThrow().call().run();
    }
  }

  /** A long-term key that works. */
  public Keys key(String id) {
    Keys keys = Keys.of(id, credentials.find(id, Optional.empty()).secret());
    principal(keys);
    return keys;
  }

  /** The keys of a session that works. */
  public Keys session(Answer issued) {
    Keys keys = Keys.in(issued);
    principal(keys);
    return keys;
  }

  /** Whom a key stands for. */
  public Principal principal(Keys keys) {
    return credentials.find(keys.access(), keys.token()).principal();
  }

  /** What a credential is refused with, or {@code ok}. */
  public String use(Keys keys) {
    try {
      principal(keys);
      return "ok";
    } catch (AuthenticationException refused) {
      return refused.reason().name();
    }
  }

  /** Whether it may do something to what belongs to {@link #ACCOUNT}. */
  public boolean may(Keys who, String action, String arn) {
    return may(who, action, Resource.of(arn, ACCOUNT));
  }

  /** Whether it may do something. */
  public boolean may(Keys who, String action, Resource resource) {
    Credential credential = new Credential(who.access(), who.secret(), principal(who));
    return new RequestCaller(credential, request(), SigningFacts.NONE, TrustedProxies.NONE)
        .may(Permission.of(action, resource));
  }

  /** How a protocol answers a request without body that failed. */
  public Answer failing(Protocol.Kind kind, String method, String target, Throwable failure) {
    Message message = new Message(method, target);
    try (MemoryExchange http = new MemoryExchange(message, RequestBody.EMPTY)) {
      Request request = http.read(MemoryExchange.ID, clock.instant());
      http.send(request, protocol(kind).error(request, failure), clock.instant());
      return http.answer();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Request request() {
    return new MemoryExchange(new Message("GET", "/"), RequestBody.EMPTY)
        .read(MemoryExchange.ID, clock.instant());
  }

  @Override
  public void close() {
    for (AutoCloseable part : wired.opened()) {
      try {
        part.close();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}

package dev.lakebed.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** What is measured with few and with many users in the database. */
final class UserWorkloads {
  /** Users at work at the same time, however many there are. */
  static final int ACTIVE = 100;

  private static final String ROLE = "bench-role";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
      "Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}\
      """;

  private final Endpoint administrator;
  private final UserSet users;
  private final ObjectSet objects;
  private final AtomicInteger created = new AtomicInteger();

  /** {@code objects} are there already. */
  UserWorkloads(Endpoint administrator, UserSet users, ObjectSet objects) {
    this.administrator = administrator;
    this.users = users;
    this.objects = objects;
  }

  /** Makes the role that is assumed. */
  void createRole() throws IOException {
    try (IamClient iam = new IamClient(administrator)) {
      iam.call("CreateRole", "RoleName", ROLE, "AssumeRolePolicyDocument", TRUST);
    }
  }

  /** Everything that repeats one request; changes of users come last. */
  List<Workload> all() {
    return List.of(
        new Named("HEAD, one user", worker -> head(worker, 1)),
        new Named("HEAD, 100 users", worker -> head(worker, ACTIVE)),
        new Named("GET, 100 users", worker -> get(worker, ACTIVE)),
        new Named("HEAD, any user", worker -> head(worker, users.size())),
        new Named("AssumeRole, 100 users", this::assumeRole),
        new Named("GetUser", this::getUser),
        new Named("ListUsers, page of 100", worker -> listUsers()),
        new CreateUsers());
  }

  /** A request of each user, once. */
  Workload each() {
    AtomicInteger next = new AtomicInteger();
    return new Named(
        "HEAD, each user once",
        worker ->
            client -> {
              int user = next.getAndIncrement();
              return user < users.size() ? head(client, user) : Workload.EXHAUSTED;
            });
  }

  private Workload.Task head(int worker, int among) {
    SplittableRandom random = new SplittableRandom(worker);
    return client -> head(client, random.nextInt(among));
  }

  /** A request of that user. */
  long head(Client client, int user) throws IOException {
    client.signAs(users.keys(user));
    client.call(Outgoing.s3("HEAD", objects.path(user % objects.count())));
    return 0;
  }

  private Workload.Task get(int worker, int among) {
    SplittableRandom random = new SplittableRandom(worker);
    return client -> {
      int user = random.nextInt(among);
      client.signAs(users.keys(user));
      client.call(Outgoing.s3("GET", objects.path(user % objects.count())));
      return objects.body().length();
    };
  }

  private Workload.Task assumeRole(int worker) {
    SplittableRandom random = new SplittableRandom(worker);
    Workload.Task assume =
        new AssumeRoleWorkload(
                Optional.of("arn:aws:iam::" + UserSet.ACCOUNT + ":role/" + ROLE),
                administrator.bucket())
            .task(0, 1);
    return client -> {
      client.signAs(users.keys(random.nextInt(ACTIVE)));
      return assume.run(client);
    };
  }

  private Workload.Task getUser(int worker) {
    SplittableRandom random = new SplittableRandom(worker);
    return client -> {
      String name = users.name(random.nextInt(users.size()));
      client.call(IamClient.request("GetUser", "UserName", name));
      return 0;
    };
  }

  /** Walks through all users, then begins anew. */
  private static Workload.Task listUsers() {
    List<String> marker = new ArrayList<>();
    return client -> {
      String xml =
          client.text(
              marker.isEmpty()
                  ? IamClient.request("ListUsers")
                  : IamClient.request("ListUsers", "Marker", marker.getFirst()));
      marker.clear();
      IamClient.element(xml, "Marker").ifPresent(marker::add);
      return 0;
    };
  }

  /** A workload that leaves nothing behind. */
  private record Named(String operation, IntFunction<Task> tasks) implements Workload {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public void prepare(Endpoint endpoint, int workers) {}

    @Override
    public Task task(int worker, int workers) {
      return tasks.apply(worker);
    }

    @Override
    public void cleanUp(Endpoint endpoint) {}
  }

  /** Makes users, and removes them when the run is over. */
  private final class CreateUsers implements Workload {
    @Override
    public String operation() {
      return "CreateUser";
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void prepare(Endpoint endpoint, int workers) {
      created.set(0);
    }

    @Override
    public Task task(int worker, int workers) {
      return client -> {
        client.call(IamClient.request("CreateUser", "UserName", name(created.getAndIncrement())));
        return 0;
      };
    }

    private static String name(int index) {
      return "created-" + index;
    }

    @Override
    public void cleanUp(Endpoint endpoint) throws IOException {
      try (IamClient iam = new IamClient(endpoint)) {
        for (int i = 0; i < created.get(); i++) {
          iam.call("DeleteUser", "UserName", name(i));
        }
      }
    }
  }
}

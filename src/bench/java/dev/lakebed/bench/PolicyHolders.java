package dev.lakebed.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Users that have many managed policies, within AWS's quotas: ten attached to the user, then ten to
 * each of up to ten groups.
 */
final class PolicyHolders {
  private static final int PER_HOLDER = 10;

  private final Endpoint administrator;
  private final IamClient iam;

  private PolicyHolders(Endpoint administrator, IamClient iam) {
    this.administrator = administrator;
    this.iam = iam;
  }

  /** Makes a user for each number of policies; the endpoints are named after the numbers. */
  static List<Endpoint> create(Endpoint administrator, List<Integer> numbers) throws IOException {
    List<Endpoint> users = new ArrayList<>();
    try (IamClient iam = new IamClient(administrator)) {
      PolicyHolders holders = new PolicyHolders(administrator, iam);
      for (int number : numbers) {
        users.add(holders.user(number));
      }
    }
    return users;
  }

  private Endpoint user(int number) throws IOException {
    String user = "policies-" + number;
    iam.call("CreateUser", "UserName", user);
    List<String> arns = policies(user, number);
    for (String arn : arns.subList(0, Math.min(PER_HOLDER, number))) {
      iam.call("AttachUserPolicy", "UserName", user, "PolicyArn", arn);
    }
    int next = PER_HOLDER;
    for (String group : groups(user, (number - 1) / PER_HOLDER)) {
      for (String arn : arns.subList(next, Math.min(next + PER_HOLDER, number))) {
        iam.call("AttachGroupPolicy", "GroupName", group, "PolicyArn", arn);
      }
      next += PER_HOLDER;
    }
    return administrator.as(Integer.toString(number), iam.createKey(user));
  }

  private List<String> policies(String user, int number) throws IOException {
    List<String> arns = new ArrayList<>();
    for (String document : TeamPolicies.documents(number, administrator.bucket())) {
      String name = "%s-%03d".formatted(user, arns.size());
      String xml = iam.call("CreatePolicy", "PolicyName", name, "PolicyDocument", document);
      arns.add(IamClient.require(xml, "Arn"));
    }
    return arns;
  }

  /** Ordered by id, as the server looks at them, so that the last policy is the last it sees. */
  private Iterable<String> groups(String user, int count) throws IOException {
    SortedMap<String, String> byId = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String group = user + "-group-" + i;
      byId.put(IamClient.require(iam.call("CreateGroup", "GroupName", group), "GroupId"), group);
      iam.call("AddUserToGroup", "GroupName", group, "UserName", user);
    }
    return byId.values();
  }
}

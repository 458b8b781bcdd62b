package dev.lakebed.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users numbered from 0, each with an access key and an inline policy of its own. */
final class UserSet {
  static final String ACCOUNT = "000000000000";

  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[\
      {"Sid":"Read","Effect":"Allow","Action":["s3:Get*","s3:List*"],\
      "Resource":["arn:aws:s3:::BUCKET","arn:aws:s3:::BUCKET/*"]},\
      {"Sid":"Home","Effect":"Allow","Action":["s3:PutObject","s3:DeleteObject"],\
      "Resource":"arn:aws:s3:::BUCKET/home/USER/*"},\
      {"Sid":"Assume","Effect":"Allow","Action":"sts:AssumeRole",\
      "Resource":"arn:aws:iam::000000000000:role/*"}]}\
      """;

  private final String bucket;
  private final List<Keys> keys = new ArrayList<>();

  UserSet(String bucket) {
    this.bucket = bucket;
  }

  int size() {
    return keys.size();
  }

  String name(int index) {
    return "user-%06d".formatted(index);
  }

  String policy(int index) {
    return POLICY.replace("BUCKET", bucket).replace("USER", name(index));
  }

  Keys keys(int index) {
    return keys.get(index);
  }

  /** Makes users by the IAM API until there are so many. */
  void create(Endpoint administrator, int size) throws IOException {
    try (IamClient iam = new IamClient(administrator)) {
      for (int i = keys.size(); i < size; i++) {
        iam.call("CreateUser", "UserName", name(i));
        iam.call(
            "PutUserPolicy",
            "UserName",
            name(i),
            "PolicyName",
            "home",
            "PolicyDocument",
            policy(i));
        keys.add(iam.createKey(name(i)));
      }
    }
  }

  /** Invents keys until there are so many; {@link LoadedUsers} can store them. */
  void invent(int size) {
    for (int i = keys.size(); i < size; i++) {
      String secret = UUID.randomUUID().toString();
      keys.add(new Keys("AKIABENCH%011d".formatted(i), secret, Optional.empty()));
    }
  }
}

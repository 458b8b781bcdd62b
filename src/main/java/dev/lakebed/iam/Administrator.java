package dev.lakebed.iam;

import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Map;

/** Users that may do everything and come from no file. */
final class Administrator {
  private static final Policy EVERYTHING =
      Policy.parse(
          "AdministratorAccess",
          """
          {"Version":"2012-10-17","Statement":[
           {"Effect":"Allow","Action":"*","Resource":"*"}]}\
          """,
          Policy.Kind.IDENTITY);

  private Administrator() {}

  static User named(String name) {
    return new User(StsSettings.DEFAULT_ACCOUNT, name, true, Map.of(), List.of(EVERYTHING));
  }
}

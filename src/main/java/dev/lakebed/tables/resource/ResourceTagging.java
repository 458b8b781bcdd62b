package dev.lakebed.tables.resource;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.RequestedConfiguration.ResourceTagSet;
import dev.lakebed.tables.rest.TableBucketArn;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** TagResource, UntagResource, ListTagsForResource, on table buckets and tables. */
public record ResourceTagging(TablesLookup lookup, AccessRules rules, Tables tables) {
  /** What has tags; {@code tags} fails when the resource is missing. */
  private record Tagged(
      BiFunction<String, Keys, Permission> permission,
      Supplier<Map<String, String>> tags,
      Consumer<UnaryOperator<Map<String, String>>> change) {}

  public Call tag(TablesRequest request) {
    if (!request.body().has(ResourceTagSet.MEMBER)) {
      throw TablesError.BAD_REQUEST.because("tags is required");
    }
    Map<String, String> added = ResourceTagSet.read(request.body());
    return change(request, RequestTags.of(added), now -> ResourceTagSet.plus(now, added));
  }

  public Call untag(TablesRequest request) {
    List<String> keys = request.all("tagKeys");
    if (keys.isEmpty()) {
      throw TablesError.BAD_REQUEST.because("tagKeys is required");
    }
    return change(request, RequestTags.named(keys), now -> ResourceTagSet.minus(now, keys));
  }

  public Call list(TablesRequest request) {
    Tagged resource = resource(request);
    return request.call(
        resource.permission().apply(request.action(), Keys.NONE),
        account -> show(resource.tags().get()));
  }

  private Call change(TablesRequest request, Keys keys, UnaryOperator<Map<String, String>> change) {
    Tagged resource = resource(request);
    return request.call(
        resource.permission().apply(request.action(), keys),
        account -> {
          resource.change().accept(change);
          return JsonAnswer.done();
        });
  }

  private Tagged resource(TablesRequest request) {
    String arn = request.required("resourceArn");
    return TableArn.parseIfTable(arn)
        .map(table -> tagged(lookup.table(table)))
        .orElseGet(() -> tagged(lookup.bucket(TableBucketArn.parse(arn))));
  }

  private Tagged tagged(NamedTable named) {
    return new Tagged(
        (action, keys) -> named.permission(action, keys.or(named.keys())),
        () -> named.table().tags(),
        change -> tables.changeTags(named.table().id(), change));
  }

  private Tagged tagged(NamedBucket named) {
    return new Tagged(
        named::permission,
        () -> named.bucket().tags().values(),
        change -> rules.changeTags(named.bucket(), now -> now.with(change.apply(now.values()))));
  }

  private static Response show(Map<String, String> tags) {
    JsonObjectBuilder shown = JsonAnswer.object();
    new TreeMap<>(tags).forEach(shown::add);
    return JsonAnswer.ok(JsonAnswer.object().add(ResourceTagSet.MEMBER, shown));
  }
}

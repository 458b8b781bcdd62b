package dev.lakebed.storage.metadata.iam;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Every stored policy that can name principals, wherever it is kept. Documents of earlier versions
 * name them by ARN until they have been bound once.
 */
public record PolicyDocuments(Sql sql) {
  private record Place(String table, String key, String column) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("iam_entity where kind = 'ROLE' and", "id", "document"),
          new Place("bucket_access where", "bucket_id", "s3_policy"),
          new Place("bucket_access where", "bucket_id", "tables_policy"),
          new Place("table_policy where", "table_id", "document"));

  /** Whether all of them hold unique ids. */
  public boolean areBound() {
    return sql.number("select count(*) from iam_change where principals_bound") == 1;
  }

  /** Binds each of them, once for all servers. */
  public void bindAll(UnaryOperator<String> bind) {
    PLACES.forEach(place -> bind(place, bind));
    sql.update("update iam_change set principals_bound = true");
  }

  private void bind(Place place, UnaryOperator<String> bind) {
    List<?> keys =
        sql.manager()
            .createNativeQuery(
                "select %s from %s %s like '%%arn:%%'"
                    .formatted(place.key(), place.table(), place.column()))
            .getResultList();
    for (Object key : keys) {
      String row = "%s %s = ?1".formatted(place.table(), place.key());
      String document =
          sql.texts("select %s from %s".formatted(place.column(), row), key).getFirst();
      String bound = bind.apply(document);
      if (!bound.equals(document)) {
        sql.update(
            "update %s"
                .formatted(row.replace(" where", " set %s = ?2 where".formatted(place.column()))),
            key,
            bound);
      }
    }
  }
}

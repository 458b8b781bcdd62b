package dev.lakebed.storage.metadata.iam;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;

/** Statements on tables, beside what is read and written as objects. */
record Sql(EntityManager manager) {
  int update(String sql, Object... values) {
    return bound(manager.createNativeQuery(sql), values).executeUpdate();
  }

  List<String> texts(String sql, Object... values) {
    return of(bound(manager.createNativeQuery(sql, String.class), values), String.class);
  }

  List<Object[]> rows(String sql, Object... values) {
    return of(bound(manager.createNativeQuery(sql, Object[].class), values), Object[].class);
  }

  long number(String sql, Object... values) {
    return ((Number) bound(manager.createNativeQuery(sql), values).getSingleResult()).longValue();
  }

  int count(String sql, Object... values) {
    return Math.toIntExact(number(sql, values));
  }

  private static <T> List<T> of(Query query, Class<T> type) {
    return ((List<?>) query.getResultList()).stream().map(type::cast).toList();
  }

  private static Query bound(Query query, Object... values) {
    for (int i = 0; i < values.length; i++) {
      query.setParameter(i + 1, values[i]);
    }
    return query;
  }
}

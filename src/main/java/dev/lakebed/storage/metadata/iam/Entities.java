package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entities by name and by id, within one transaction. */
public record Entities(Sql sql) {
  private static final int BATCH = 500;

  public Optional<Entity> find(String account, Kind kind, String name) {
    return rows("e.account = :account and e.kind = :kind and e.folded = :folded")
        .setParameter("account", account)
        .setParameter("kind", kind)
        .setParameter("folded", EntityRow.fold(name))
        .getResultStream()
        .findFirst()
        .map(EntityRow::entity);
  }

  public Optional<Entity> byId(String id) {
    @Nullable EntityRow row = sql.manager().find(EntityRow.class, id);
    return Optional.ofNullable(row).map(EntityRow::entity);
  }

  /** The entity that has exactly that ARN. */
  public Optional<Entity> byArn(String arn) {
    return EntityArn.parse(arn)
        .flatMap(parts -> find(parts.account(), parts.kind(), parts.name()))
        .filter(entity -> entity.arn().equals(arn));
  }

  /** The entities of those ids, in no order. */
  public List<Entity> byIds(List<String> ids) {
    List<Entity> all = new ArrayList<>(ids.size());
    for (int start = 0; start < ids.size(); start += BATCH) {
      rows("e.id in :ids")
          .setParameter("ids", ids.subList(start, Math.min(start + BATCH, ids.size())))
          .getResultStream()
          .map(EntityRow::entity)
          .forEach(all::add);
    }
    return all;
  }

  public int countBoundedBy(String account, String policyArn) {
    return sql.count(
        "select count(*) from iam_entity where boundary = ?1 and account = ?2", policyArn, account);
  }

  /** A page, ordered by name without case, behind the folded name {@code after}. */
  public List<Entity> list(String account, Kind kind, String pathPrefix, String after, int limit) {
    return rows("e.account = :account and e.kind = :kind and e.folded > :after"
            + " and left(e.path, :length) = :prefix order by e.folded")
        .setParameter("account", account)
        .setParameter("kind", kind)
        .setParameter("after", EntityRow.fold(after))
        .setParameter("length", pathPrefix.length())
        .setParameter("prefix", pathPrefix)
        .setMaxResults(limit)
        .getResultStream()
        .map(EntityRow::entity)
        .toList();
  }

  public int count(String account, Kind kind) {
    return sql.count(
        "select count(*) from iam_entity where account = ?1 and kind = ?2", account, kind.name());
  }

  public void insert(Entity entity) {
    sql.manager().persist(EntityRow.of(entity));
  }

  public void update(Entity entity) {
    row(entity).set(entity);
  }

  /** Removes it; its relations must be gone. */
  public void delete(Entity entity) {
    sql.manager().remove(row(entity));
  }

  public List<String> boundedBy(String policyArn) {
    return sql.texts("select id from iam_entity where boundary = ?1 order by id", policyArn);
  }

  private TypedQuery<EntityRow> rows(String where) {
    return sql.manager().createQuery("select e from EntityRow e where " + where, EntityRow.class);
  }

  private EntityRow row(Entity entity) {
    @Nullable EntityRow row = sql.manager().find(EntityRow.class, entity.id());
    if (row == null) {
      throw new IllegalStateException("no row of " + entity.id() + " though changes are locked");
    }
    return row;
  }
}

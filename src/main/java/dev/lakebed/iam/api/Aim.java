package dev.lakebed.iam.api;

import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import java.util.Optional;

/**
 * What a request is about, for its authorisation.
 *
 * @param arn of the resource that policies name
 * @param entity the entity itself, when there is one, for its tags and boundary
 */
record Aim(String arn, Optional<Entity> entity) {
  /** Finds it for a request. */
  @FunctionalInterface
  interface Finder {
    Aim find(Exchange exchange);
  }

  /** Of actions that have no resource. */
  static final Finder ACCOUNT = exchange -> new Aim("*", Optional.empty());

  /** The entity that a parameter names, or where it would be. */
  static Finder named(Kind kind, Parameter name) {
    return exchange -> of(exchange, kind, exchange.require(name), "/");
  }

  /** The user that UserName names, or the caller when it is left out. */
  static final Finder USER =
      exchange -> {
        Exchange.Named user = exchange.user();
        return of(exchange, user.kind(), user.name(), user.kind() == Kind.ROOT ? "" : "/");
      };

  /** The user who calls. */
  static final Finder SELF = exchange -> of(exchange, Kind.USER, exchange.self().name(), "/");

  /** An entity that is to be made. */
  static Finder created(Kind kind, Parameter name, Parameter path) {
    return exchange ->
        new Aim(
            kind.arn(exchange.account(), exchange.find(path).orElse("/"), exchange.require(name)),
            Optional.empty());
  }

  /** All entities of a kind below a path. */
  static Finder listed(Kind kind) {
    return exchange ->
        new Aim(
            kind.arn(exchange.account(), exchange.find(Parameter.PATH_PREFIX).orElse("/"), ""),
            Optional.empty());
  }

  /** The managed policy that PolicyArn names. */
  static final Finder POLICY = exchange -> ofArn(exchange, exchange.require(Parameter.POLICY_ARN));

  /** The entity of an ARN that a parameter gives. */
  static Finder byArn(Parameter arn) {
    return exchange -> ofArn(exchange, exchange.require(arn));
  }

  private static Aim ofArn(Exchange exchange, String arn) {
    return new Aim(arn, exchange.read(inventory -> Arns.find(inventory, arn)));
  }

  private static Aim of(Exchange exchange, Kind kind, String name, String path) {
    Optional<Entity> entity = exchange.read(inventory -> inventory.find(kind, name));
    return new Aim(
        entity.map(Entity::arn).orElseGet(() -> kind.arn(exchange.account(), path, name)), entity);
  }
}

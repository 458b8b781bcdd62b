package dev.lakebed.auth;

import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A caller that answers like another one, but for what is overridden. It cannot be made another
 * principal unless that is overridden too, so that what was added is not lost on the way.
 */
public interface ForwardingCaller extends Caller {
  /** The caller that is asked. */
  Caller caller();

  @Override
  default Principal principal() {
    return caller().principal();
  }

  @Override
  default Optional<String> accessKeyId() {
    return caller().accessKeyId();
  }

  @Override
  default Decision decide(Permission permission) {
    return caller().decide(permission);
  }

  @Override
  default boolean couldBeAllowed(Permission permission) {
    return caller().couldBeAllowed(permission);
  }

  @Override
  default <T> T evaluate(Keys given, Function<Keys, T> evaluation) {
    return caller().evaluate(given, evaluation);
  }

  @Override
  default Denial deny(Permission permission, Decision decision, String note) {
    return caller().deny(permission, decision, note);
  }

  @Override
  default Optional<String> seal(Denial denial) {
    return caller().seal(denial);
  }

  @Override
  default Optional<Permission> asked() {
    return caller().asked();
  }

  @Override
  default List<Denial> denials() {
    return caller().denials();
  }
}

package dev.lakebed.operation;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One operation of the API of any service.
 *
 * @param name in the API, for example {@code PutObject}; for policies, logs and metrics
 * @param effect what it does to what is stored
 * @param built whether it does more than to refuse as not implemented
 * @param binding binds it to a request
 * @param <R> what a protocol makes of a request before it knows the operation
 */
public record Operation<R>(String name, Effect effect, boolean built, Binding<R> binding) {
  /** One that is built. */
  public Operation(String name, Effect effect, Binding<R> binding) {
    this(name, effect, true, binding);
  }

  /** The same, which answers whoever may call it that it is not implemented. */
  public Operation<R> notBuilt() {
    return new Operation<>(name, effect, false, binding);
  }

  /**
   * Reads the parameters of a request and finds what they name. Changes nothing.
   *
   * @param <R> as in {@link Operation}
   */
  @FunctionalInterface
  public interface Binding<R> {
    /**
     * Binds the operation of that name.
     *
     * @throws RuntimeException the protocol's own exception when a parameter is wrong
     */
    Call bind(String name, R request) throws IOException;
  }

  /** The call that a request asks for. */
  public Call bind(R request) throws IOException {
    return binding.bind(name, request);
  }

  /** The name in an API that a constant stands for: {@code NoSuchKey} for NO_SUCH_KEY. */
  public static String apiName(Enum<?> constant) {
    return Arrays.stream(constant.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** What an operation does to what is stored, as it declares itself. */
  public enum Effect {
    /** Nothing. */
    READS,
    /** It changes objects, their parts or what describes them. */
    CHANGES_CONTENT,
    /** It changes identities, sessions, policies or configuration, or tells about identities. */
    ADMINISTERS
  }
}

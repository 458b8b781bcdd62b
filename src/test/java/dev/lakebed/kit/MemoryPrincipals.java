package dev.lakebed.kit;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.PrincipalBinding.UnknownPrincipalException;
import dev.lakebed.policy.PrincipalText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Principals with the ids that a test gives them; whoever is called absent does not exist. */
public final class MemoryPrincipals implements PrincipalBinding {
  private final Map<String, String> ids = new ConcurrentHashMap<>();

  /** Gives a principal an id. */
  public void put(String arn, String id) {
    ids.put(arn, id);
  }

  /** Deletes a principal. */
  public void remove(String arn) {
    ids.remove(arn);
  }

  @Override
  public String bind(String document) {
    return PrincipalText.replace(
        document,
        (type, principal) -> {
          if (principal.endsWith("/absent")) {
            throw new UnknownPrincipalException(type, principal);
          }
          return ids.getOrDefault(principal, principal);
        });
  }

  @Override
  public String show(String document) {
    return PrincipalText.replace(
        document,
        (type, principal) ->
            ids.entrySet().stream()
                .filter(known -> known.getValue().equals(principal))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(principal));
  }
}

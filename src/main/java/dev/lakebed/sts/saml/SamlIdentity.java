package dev.lakebed.sts.saml;

import dev.lakebed.sts.identity.ExternalIdentity;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a verified assertion says.
 *
 * @param identity who
 * @param assertionId unique at the provider
 * @param usableUntil from then on the assertion is refused for its age
 * @param roles pairs of role ARN and provider ARN, with a comma between
 * @param sessionName name for the session
 * @param sessionSeconds length of the session that the provider wants
 * @param subject name identifier
 * @param subjectType its format, short for the usual ones
 * @param issuer entity id of the provider
 * @param audience to whom the assertion was made out
 * @param nameQualifier hash that makes the subject unique over providers
 */
public record SamlIdentity(
    ExternalIdentity identity,
    String assertionId,
    Instant usableUntil,
    Set<String> roles,
    String sessionName,
    OptionalInt sessionSeconds,
    String subject,
    String subjectType,
    String issuer,
    String audience,
    String nameQualifier) {}

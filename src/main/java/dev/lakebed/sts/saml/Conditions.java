package dev.lakebed.sts.saml;

import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.saml.SignedResponse.Saml;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/** Whether an assertion is for this server and for now. */
record Conditions(SamlOptions options, Instant now) {
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

  /**
   * A good confirmation of the subject.
   *
   * @param recipient to whom it was made out
   */
  record Confirmed(String recipient, Instant until) {}

  Confirmed require(SignedResponse signed, Element subject) {
    String destination = signed.response().getAttribute("Destination");
    if (!destination.isEmpty() && !options.recipients().contains(destination)) {
      throw Saml.invalid("the response is for another destination");
    }
    Element conditions =
        SafeXml.child(signed.assertion(), Saml.ASSERTION, "Conditions")
            .orElseThrow(() -> Saml.invalid("the assertion has no conditions"));
    requireNow(conditions);
    requireAudience(conditions);
    for (Element confirmation : SafeXml.children(subject, Saml.ASSERTION, "SubjectConfirmation")) {
      Optional<Element> data =
          SafeXml.child(confirmation, Saml.ASSERTION, "SubjectConfirmationData");
      if (confirmation.getAttribute("Method").equals(BEARER) && data.isPresent()) {
        return confirmed(data.get());
      }
    }
    throw Saml.invalid("the subject is not confirmed for a bearer");
  }

  private Confirmed confirmed(Element data) {
    String recipient = data.getAttribute("Recipient");
    if (!options.recipients().contains(recipient)) {
      throw Saml.invalid("the assertion is for another recipient");
    }
    requireNow(data);
    return new Confirmed(
        recipient,
        time(data, "NotOnOrAfter").orElseThrow(() -> Saml.invalid("the confirmation has no end")));
  }

  private void requireNow(Element element) {
    if (time(element, "NotBefore").filter(from -> from.isAfter(now.plus(SKEW))).isPresent()) {
      throw Saml.invalid("the assertion is not valid yet");
    }
    if (time(element, "NotOnOrAfter").filter(end -> !now.isBefore(end)).isPresent()) {
      throw new IdentityException(Reason.EXPIRED, "the assertion has expired");
    }
  }

  /** Every restriction must name this server; there must be one. */
  private void requireAudience(Element conditions) {
    List<Element> restrictions =
        SafeXml.children(conditions, Saml.ASSERTION, "AudienceRestriction");
    boolean meant =
        !restrictions.isEmpty()
            && restrictions.stream()
                .allMatch(
                    restriction ->
                        SafeXml.children(restriction, Saml.ASSERTION, "Audience").stream()
                            .map(SafeXml::text)
                            .anyMatch(options.audiences()::contains));
    if (!meant) {
      throw Saml.invalid("the assertion is for another audience");
    }
  }

  static Optional<Instant> time(Element element, String attribute) {
    String text = element.getAttribute(attribute);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException malformed) {
      throw Saml.invalid(attribute + " is no time");
    }
  }
}

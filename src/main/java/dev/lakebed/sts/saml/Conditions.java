package dev.lakebed.sts.saml;

import dev.lakebed.iam.model.SafeXml;
import dev.lakebed.iam.model.StsSettings.SamlOptions;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
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

  /** A good confirmation of the subject, made out to the recipient. */
  record Confirmed(String recipient, Instant until) {}

  Confirmed require(SignedResponse signed, Element subject) {
    String destination = signed.response().getAttribute("Destination");
    if (!destination.isEmpty() && !options.recipients().contains(destination)) {
      throw Reason.INVALID.because("the response is for another destination");
    }
    Element conditions =
        SignedResponse.child(signed.assertion(), "Conditions")
            .orElseThrow(() -> Reason.INVALID.because("the assertion has no conditions"));
    requireNow(conditions);
    requireAudience(conditions);
    for (Element confirmation : SignedResponse.children(subject, "SubjectConfirmation")) {
      Optional<Element> data = SignedResponse.child(confirmation, "SubjectConfirmationData");
      if (confirmation.getAttribute("Method").equals(BEARER) && data.isPresent()) {
        return confirmed(data.get());
      }
    }
    throw Reason.INVALID.because("the subject is not confirmed for a bearer");
  }

  private Confirmed confirmed(Element data) {
    String recipient = data.getAttribute("Recipient");
    if (!options.recipients().contains(recipient)) {
      throw Reason.INVALID.because("the assertion is for another recipient");
    }
    requireNow(data);
    return new Confirmed(
        recipient,
        time(data, "NotOnOrAfter")
            .orElseThrow(() -> Reason.INVALID.because("the confirmation has no end")));
  }

  private void requireNow(Element element) {
    if (time(element, "NotBefore").filter(from -> from.isAfter(now.plus(SKEW))).isPresent()) {
      throw Reason.INVALID.because("the assertion is not valid yet");
    }
    if (time(element, "NotOnOrAfter").filter(end -> !now.isBefore(end)).isPresent()) {
      throw Reason.EXPIRED.because("the assertion has expired");
    }
  }

  /** Every restriction must name this server; there must be one. */
  private void requireAudience(Element conditions) {
    List<Element> restrictions = SignedResponse.children(conditions, "AudienceRestriction");
    if (restrictions.isEmpty() || !restrictions.stream().allMatch(this::namesThisServer)) {
      throw Reason.INVALID.because("the assertion is for another audience");
    }
  }

  private boolean namesThisServer(Element restriction) {
    return SignedResponse.children(restriction, "Audience").stream()
        .map(SafeXml::text)
        .anyMatch(options.audiences()::contains);
  }

  static Optional<Instant> time(Element element, String attribute) {
    String text = element.getAttribute(attribute);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException malformed) {
      throw Reason.INVALID.because(attribute + " is no time");
    }
  }
}

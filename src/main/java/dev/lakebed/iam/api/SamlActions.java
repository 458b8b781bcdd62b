package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ActionTable.EntityActions;
import dev.lakebed.iam.api.ActionTarget.ResourceType;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.TagList;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

final class SamlActions {
  private static final QName DESCRIPTOR =
      new QName("urn:oasis:names:tc:SAML:2.0:metadata", "EntityDescriptor");

  private static final Parameter NAME = Parameter.of("Name", 1, 128, "[\\w._-]+");
  private static final Parameter METADATA =
      Parameter.text("SAMLMetadataDocument", 1000, 10_000_000);
  private static final Parameter ENCRYPTION_MODE =
      Parameter.oneOf("AssertionEncryptionMode", "Required", "Allowed");
  private static final Parameter ADDED_KEY =
      Parameter.of("AddPrivateKey", 1, 16_384, "[\\t\\n\\r -\\xFF]+");
  private static final Parameter REMOVED_KEY =
      Parameter.of("RemovePrivateKey", 22, 64, "[A-Z0-9]+");

  private SamlActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateSAMLProvider",
        ActionTarget.created(Kind.SAML_PROVIDER, NAME, IamParameter.PATH),
        SamlActions::create,
        NAME.required(),
        METADATA.required(),
        ENCRYPTION_MODE,
        ADDED_KEY,
        TagList.TAGS);
    table.answer("ListSAMLProviders", ActionTarget.all(Kind.SAML_PROVIDER), SamlActions::list);
    EntityActions named = table.on(ResourceType.SAML_PROVIDER);
    named.answer("GetSAMLProvider", (inventory, provider, x) -> content(provider));
    table.answer(
        "UpdateSAMLProvider",
        named.target(),
        SamlActions::update,
        named.parameter(),
        METADATA.required(),
        ENCRYPTION_MODE,
        ADDED_KEY,
        REMOVED_KEY);
    named.change(
        "DeleteSAMLProvider",
        (inventory, provider, x) -> inventory.stored().entities().delete(provider));
  }

  private static QueryXml.Content create(IamRequest x) {
    String metadata = metadata(x);
    Entity provider =
        NewEntity.insert(x, Kind.SAML_PROVIDER, x.require(NAME), made -> made.documented(metadata));
    return xml -> {
      xml.text(IamParameter.SAML_ARN.name(), provider.arn());
      TagList.writeAll(xml, provider.tags());
    };
  }

  /** Well-formed XML without a DTD whose root is an EntityDescriptor of SAML 2.0. */
  private static String metadata(IamRequest x) {
    for (Parameter unbuilt : List.of(ENCRYPTION_MODE, ADDED_KEY, REMOVED_KEY)) {
      String message = unbuilt.name() + " is not implemented: assertions must not be encrypted";
      NewEntity.refuse(x.find(unbuilt).isPresent(), QueryError.NOT_IMPLEMENTED, message);
    }
    String text = x.require(METADATA);
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      Optional<QName> root = Optional.empty();
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
          throw unusable("it has a document type");
        }
        if (event == XMLStreamConstants.START_ELEMENT && root.isEmpty()) {
          root = Optional.of(reader.getName());
        }
      }
      if (root.equals(Optional.of(DESCRIPTOR))) {
        return text;
      }
      throw unusable("its root is no EntityDescriptor");
    } catch (XMLStreamException malformed) {
      throw unusable("it is no well-formed XML");
    }
  }

  private static QueryException unusable(String why) {
    return QueryError.INVALID_INPUT.because("Could not parse metadata: " + why + ".");
  }

  private static QueryXml.Content content(Entity provider) {
    return xml -> {
      xml.text(METADATA.name(), provider.document())
          .text("CreateDate", EntityXml.time(provider.created()));
      TagList.writeAll(xml, provider.tags());
    };
  }

  private static QueryXml.Content list(IamRequest x) {
    List<Entity> all = x.read(inventory -> inventory.stream(Kind.SAML_PROVIDER, "/", "").toList());
    return xml -> xml.members("SAMLProviderList", all, SamlActions::write);
  }

  private static void write(QueryXml xml, Entity provider) {
    xml.text("Arn", provider.arn()).text("CreateDate", EntityXml.time(provider.created()));
  }

  private static QueryXml.Content update(IamRequest x) {
    String metadata = metadata(x);
    ResourceType type = ResourceType.SAML_PROVIDER;
    Entity provider = x.write(all -> all.update(type.changeable(all, x).documented(metadata)));
    return xml -> xml.text(IamParameter.SAML_ARN.name(), provider.arn());
  }
}

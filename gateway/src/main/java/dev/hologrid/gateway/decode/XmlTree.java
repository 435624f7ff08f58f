package dev.hologrid.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML document as a tree that JSON Pointers read: the children of the root element by local
 * name, repeated ones as a list, text as strings. Attributes and namespaces are left out. Document
 * types, and with them entities, are refused.
 */
final class XmlTree {
  private static final int MAX_ELEMENTS = 10_000;
  private static final XMLInputFactory FACTORY = factory();

  private int elements;

  private XmlTree() {}

  private static XMLInputFactory factory() {
    XMLInputFactory made = XMLInputFactory.newDefaultFactory();
    made.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    made.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    made.setProperty(XMLInputFactory.IS_COALESCING, true);
    return made;
  }

  /** Whether a payload begins as XML does. */
  static boolean looksLike(byte[] payload) {
    for (byte each : payload) {
      if (each != ' ' && each != '\t' && each != '\r' && each != '\n') {
        return each == '<';
      }
    }
    return false;
  }

  static JsonNode of(byte[] payload) throws RejectedPayload {
    try {
      XMLStreamReader reader;
      synchronized (FACTORY) {
        reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(payload));
      }
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new RejectedPayload(
              Reason.NOT_XML, "the payload has a document type, which is not read; leave it out");
        }
      }
      JsonNode root = new XmlTree().element(reader, 1);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new RejectedPayload(Reason.NOT_XML, "the payload is not well-formed XML, line " + line);
    }
  }

  private JsonNode element(XMLStreamReader reader, int depth)
      throws XMLStreamException, RejectedPayload {
    if (depth > Json.MAX_DEPTH) {
      throw new RejectedPayload(
          Reason.TOO_DEEP, "the payload is nested deeper than " + Json.MAX_DEPTH + " levels");
    }
    if (++elements > MAX_ELEMENTS) {
      throw new RejectedPayload(
          Reason.TOO_MANY, "the payload holds more than " + MAX_ELEMENTS + " elements");
    }
    ObjectNode children = JsonNodeFactory.instance.objectNode();
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = reader.getLocalName();
          put(children, name, element(reader, depth + 1));
        }
        case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return children.isEmpty()
              ? JsonNodeFactory.instance.textNode(text.toString().strip())
              : children;
        }
        default -> {
          // comments and processing instructions say nothing
        }
      }
    }
  }

  private static void put(ObjectNode parent, String name, JsonNode child) {
    JsonNode before = parent.get(name);
    if (before == null) {
      parent.set(name, child);
    } else if (before instanceof ArrayNode list) {
      list.add(child);
    } else {
      parent.putArray(name).add(before).add(child);
    }
  }
}

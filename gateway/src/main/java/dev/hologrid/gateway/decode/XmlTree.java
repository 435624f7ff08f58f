package dev.hologrid.gateway.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final int PROLOGUE = 100;
  private static final Pattern ENCODING =
      Pattern.compile("\\A<\\?xml[^>]{0,60}\\sencoding\\s?=\\s?[\"']([A-Za-z0-9._-]{1,20})[\"']");
  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "UTF-8",
          UTF_8,
          "US-ASCII",
          US_ASCII,
          "ISO-8859-1",
          ISO_8859_1,
          "GB2312",
          Charset.forName("GB18030"),
          "GBK",
          Charset.forName("GB18030"),
          "GB18030",
          Charset.forName("GB18030"));

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
    String text = text(payload);
    try {
      XMLStreamReader reader;
      synchronized (FACTORY) {
        reader = FACTORY.createXMLStreamReader(new StringReader(text));
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
    } catch (RuntimeException e) {
      // The JDK's parser has faults: a MissingResourceException for a bad document type, for one.
      throw new RejectedPayload(Reason.NOT_XML, "the payload is no XML that can be read");
    }
  }

  /** By ourselves: the JDK's parser prints to standard error when bytes are no text. */
  private static String text(byte[] payload) throws RejectedPayload {
    String head = new String(payload, 0, Math.min(payload.length, PROLOGUE), US_ASCII);
    Matcher declared = ENCODING.matcher(head);
    String encoding = declared.find() ? declared.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
    Charset charset = ENCODINGS.get(encoding);
    if (charset == null) {
      throw new RejectedPayload(
          Reason.NOT_XML, "the encoding " + encoding + " is not read; send UTF-8");
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedPayload(Reason.INVALID_UTF8, "the payload is not valid " + encoding);
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

package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads XML that a stranger wrote: no document type, no entities, nothing fetched. */
final class Xml {
    private static final int MAX_DEPTH = 64;

    private Xml() {}

    /** The document's element. */
    static Element parse(byte[] bytes) throws WinRmException {
        try {
            DocumentBuilder builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            Element root = builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement();
            if (depth(root) > MAX_DEPTH) {
                throw new WinRmException(Kind.GARBAGE, "XML that is nested too deeply");
            }
            return root;
        } catch (SAXException | IOException e) {
            throw new WinRmException(Kind.GARBAGE, "something that is not XML", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser has these features", e);
        }
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        return factory;
    }

    /** Without recursion, which deep nesting would turn into an overflow. */
    private static int depth(Element root) {
        int deepest = 1;
        int depth = 1;
        Node at = root;
        while (true) {
            Node child = at.getFirstChild();
            if (child != null) {
                at = child;
                depth++;
                deepest = Math.max(deepest, depth);
                continue;
            }
            while (!at.isSameNode(root) && at.getNextSibling() == null) {
                at = at.getParentNode();
                depth--;
            }
            if (at.isSameNode(root)) {
                return deepest;
            }
            at = at.getNextSibling();
        }
    }

    /** The first element of this name below another one, at any depth. */
    static Optional<Element> first(Element in, String namespace, String name) {
        return all(in, namespace, name).stream().findFirst();
    }

    /** The elements of this name below another one, at any depth, in their order. */
    static List<Element> all(Element in, String namespace, String name) {
        var nodes = in.getElementsByTagNameNS(namespace, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    static String text(Element element) {
        return element.getTextContent().strip();
    }

    /** A text as it stands in an element or a quoted attribute; what XML cannot hold becomes U+FFFD. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&apos;");
                case '\r' -> escaped.append("&#13;");
                case '\n' -> escaped.append("&#10;");
                case '\t' -> escaped.append("&#9;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }

    /** Throws at every mistake and prints nothing. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(@Nullable SAXParseException e) {
            // A warning changes nothing about what was read.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}

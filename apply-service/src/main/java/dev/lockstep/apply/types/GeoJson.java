package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns a geometry's Well-Known Binary (OGC 06-103r4, section 8.2) into GeoJSON (RFC 7946, section
 * 3.1). Coordinates are the shortest text that gives the same double again. An SRID other than 0
 * becomes a member {@code crs} such as MySQL's ST_AsGeoJSON writes.
 */
final class GeoJson {
  private static final int MOST_NESTED = 64;
  private static final int POINT = 1;
  private static final int LINE = 2;
  private static final int POLYGON = 3;
  private static final int COLLECTION = 7;
  private static final String[] NAMES = {
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection"
  };

  private final ByteBuffer wkb;
  private final RowBuffer out;

  GeoJson(byte[] wkb, RowBuffer out) {
    this.wkb = ByteBuffer.wrap(wkb);
    this.out = out;
  }

  /**
   * Appends it without its length.
   *
   * @throws RecordFault when the bytes are not a geometry, or one of a type that is not known
   */
  void encode(long srid) {
    try {
      geometry(0, srid);
    } catch (BufferUnderflowException e) {
      throw new RecordFault("not Well-Known Binary", "it ends within a geometry", e);
    }
    if (wkb.hasRemaining()) {
      throw new RecordFault("not Well-Known Binary: something follows its geometry");
    }
  }

  private void geometry(int depth, long srid) {
    if (depth > MOST_NESTED) {
      throw new RecordFault("a geometry that is nested more than " + MOST_NESTED + " times");
    }
    int type = header();
    out.putAscii("{\"type\":\"" + NAMES[type - 1] + "\",");
    out.putAscii(type == COLLECTION ? "\"geometries\":[" : "\"coordinates\":");
    switch (type) {
      case POINT -> position();
      case LINE -> positions();
      case POLYGON -> rings();
      case COLLECTION -> members(depth);
      default -> parts(type);
    }
    out.putAscii(type == COLLECTION ? "]" : "");
    if (srid != 0) {
      out.putAscii(",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:" + srid + "\"}}");
    }
    out.putByte('}');
  }

  private int header() {
    wkb.order(
        switch (wkb.get()) {
          case 0 -> ByteOrder.BIG_ENDIAN;
          case 1 -> ByteOrder.LITTLE_ENDIAN;
          default -> throw new RecordFault("not Well-Known Binary: it has no byte order");
        });
    int type = wkb.getInt();
    if (type < POINT || type > COLLECTION) {
      throw RecordFault.value(
          Integer.toUnsignedString(type), "is no type of geometry that GeoJSON knows");
    }
    return type;
  }

  private void members(int depth) {
    int count = wkb.getInt();
    for (int i = 0; i != count; i++) {
      separate(i);
      geometry(depth + 1, 0);
    }
  }

  /** The parts of a multi-geometry, of which each is a geometry of its own. */
  private void parts(int type) {
    int count = wkb.getInt();
    out.putByte('[');
    for (int i = 0; i != count; i++) {
      separate(i);
      int part = header();
      if (part != type - POLYGON) {
        throw new RecordFault("a " + NAMES[type - 1] + " that holds a " + NAMES[part - 1]);
      }
      switch (part) {
        case POINT -> position();
        case LINE -> positions();
        default -> rings();
      }
    }
    out.putByte(']');
  }

  private void rings() {
    int count = wkb.getInt();
    out.putByte('[');
    for (int i = 0; i != count; i++) {
      separate(i);
      positions();
    }
    out.putByte(']');
  }

  private void positions() {
    int count = wkb.getInt();
    out.putByte('[');
    for (int i = 0; i != count; i++) {
      separate(i);
      position();
    }
    out.putByte(']');
  }

  private void separate(int index) {
    if (index > 0) {
      out.putByte(',');
    }
  }

  private void position() {
    out.putByte('[');
    coordinate(wkb.getDouble());
    out.putByte(',');
    coordinate(wkb.getDouble());
    out.putByte(']');
  }

  private void coordinate(double value) {
    if (!Double.isFinite(value)) {
      throw RecordFault.value(value, "is no coordinate");
    }
    out.putAscii(Double.toString(value));
  }
}

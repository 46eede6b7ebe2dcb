package io.evalstream.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Rows of a Parquet file, one row group at a time. Lists become arrays and groups objects; times
 * and decimals become texts.
 */
final class ParquetRows implements RowSource {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ParquetFileReader reader;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private RecordReader<Group> group;
  private long left;

  ParquetRows(Path file, Limits limits) throws IOException {
    this.reader =
        ParquetFileReader.open(
            new LocalInputFile(file),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    long expanded = reader.getRowGroups().stream().mapToLong(BlockMetaData::getTotalByteSize).sum();
    if (expanded > limits.expandedBytes()) {
      reader.close();
      throw new IOException(
          "it expands to more than "
              + limits.expandedBytes()
              + " bytes; raise the limit if you trust it");
    }
    this.schema = reader.getFileMetaData().getSchema();
    this.columns = new ColumnIOFactory().getColumnIO(schema);
  }

  @Override
  public ObjectNode next() throws IOException {
    while (left == 0) {
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        return null;
      }
      group = columns.getRecordReader(pages, new GroupRecordConverter(schema));
      left = pages.getRowCount();
    }
    left--;
    return object(group.read());
  }

  private static ObjectNode object(Group group) {
    ObjectNode object = NODES.objectNode();
    GroupType type = group.getType();
    for (int field = 0; field < type.getFieldCount(); field++) {
      object.set(type.getFieldName(field), field(group, field));
    }
    return object;
  }

  private static JsonNode field(Group group, int field) {
    Type type = group.getType().getType(field);
    int count = group.getFieldRepetitionCount(field);
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      ArrayNode array = NODES.arrayNode();
      for (int index = 0; index < count; index++) {
        array.add(value(group, type, field, index));
      }
      return array;
    }
    return count == 0 ? NODES.nullNode() : value(group, type, field, 0);
  }

  private static JsonNode value(Group group, Type type, int field, int index) {
    if (!type.isPrimitive()) {
      Group inner = group.getGroup(field, index);
      return type.getLogicalTypeAnnotation()
              instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
          ? list(inner)
          : object(inner);
    }
    if (type.getLogicalTypeAnnotation() != null) {
      return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
        case INT32, INT64 ->
            type.getLogicalTypeAnnotation()
                    instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation
                ? number(group, type, field, index)
                : NODES.textNode(group.getValueToString(field, index));
        default -> NODES.textNode(group.getValueToString(field, index));
      };
    }
    return number(group, type, field, index);
  }

  private static JsonNode number(Group group, Type type, int field, int index) {
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> NODES.numberNode(group.getInteger(field, index));
      case INT64 -> NODES.numberNode(group.getLong(field, index));
      case FLOAT -> NODES.numberNode(group.getFloat(field, index));
      case DOUBLE -> NODES.numberNode(group.getDouble(field, index));
      case BOOLEAN -> NODES.booleanNode(group.getBoolean(field, index));
      default -> NODES.binaryNode(group.getBinary(field, index).getBytes());
    };
  }

  /** A list is a repeated group of one field, or a repeated value. */
  private static ArrayNode list(Group list) {
    ArrayNode array = NODES.arrayNode();
    if (list.getType().getFieldCount() == 0) {
      return array;
    }
    Type repeated = list.getType().getType(0);
    for (int index = 0; index < list.getFieldRepetitionCount(0); index++) {
      boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
      array.add(wrapped ? field(list.getGroup(0, index), 0) : value(list, repeated, 0, index));
    }
    return array;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

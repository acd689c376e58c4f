package io.github.ppgtest.emulator.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the values of answers as JSON. Null components are left out where the record or the
 * component carries {@link JsonInclude}.
 */
final class ValueWriter {
  private final JsonGenerator json;

  ValueWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(@Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      list.forEach(this::write);
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach((name, content) -> writeField(name.toString(), content));
      json.writeEndObject();
    } else if (value instanceof Record record) {
      writeRecord(record);
    } else {
      throw new IllegalArgumentException("No JSON is defined for " + value.getClass());
    }
  }

  private void writeRecord(Record record) {
    json.writeStartObject();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Method accessor = component.getAccessor();
      Object value = value(record, accessor);
      if (value != null || !(leavesOutNull(record.getClass()) || leavesOutNull(accessor))) {
        writeField(component.getName(), value);
      }
    }
    json.writeEndObject();
  }

  private void writeField(String name, @Nullable Object value) {
    json.writeName(name);
    write(value);
  }

  private static @Nullable Object value(Record record, Method accessor) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A record's accessor failed: " + accessor, e);
    }
  }

  private static boolean leavesOutNull(AnnotatedElement element) {
    JsonInclude include = element.getAnnotation(JsonInclude.class);
    return include != null && include.value() == JsonInclude.Include.NON_NULL;
  }
}

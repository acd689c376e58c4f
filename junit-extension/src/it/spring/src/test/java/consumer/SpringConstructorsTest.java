package consumer;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import consumer.SpringTest.Beans;
import io.github.ppgtest.junit.PrismaPostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Constructors that Spring fills. */
class SpringConstructorsTest {

  @Nested
  @SpringJUnitConfig(Beans.class)
  @PrismaPostgres
  class Autowiring {
    private final DataSource bean;

    @Autowired
    Autowiring(DataSource bean) {
      this.bean = bean;
    }

    @Test
    void isSprings(DataSource ours) {
      assertSame(SimpleDriverDataSource.class, bean.getClass());
      assertNotSame(bean, ours);
    }
  }

  @Nested
  @SpringJUnitConfig(Beans.class)
  @TestConstructor(autowireMode = AutowireMode.ALL)
  @PrismaPostgres
  class AutowiringAll {
    private final DataSource bean;

    AutowiringAll(DataSource bean) {
      this.bean = bean;
    }

    @Test
    void isSprings(DataSource ours) {
      assertSame(SimpleDriverDataSource.class, bean.getClass());
      assertNotSame(bean, ours);
    }
  }

  @Nested
  @SpringJUnitConfig(Beans.class)
  @PrismaPostgres
  class WithoutAutowiring {
    private final DataSource ours;

    WithoutAutowiring(DataSource ours) {
      this.ours = ours;
    }

    @Test
    void isOurs(@Autowired DataSource bean) {
      assertSame(SimpleDriverDataSource.class, bean.getClass());
      assertNotSame(bean, ours);
    }
  }
}

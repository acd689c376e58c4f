package com.example.shop;

import io.github.ppgtest.junit.PrismaPostgres;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a test class a database of its own, with the shop's tables and nothing in them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@PrismaPostgres(scripts = "schema.sql")
@interface ShopDatabase {}

#!/usr/bin/env bash
# The way through the Management API that Prisma's pages show with curl, request by request; only the host is another.
# Needs curl, jq and psql. API is the base URL with /v1, PRISMA_SERVICE_TOKEN the token.
set -euo pipefail

# Which regions there are
region=$(curl -sf -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" \
  "$API/regions/postgres" | jq -r '.data[] | select(.status == "available") | .id' | head -1)
echo "region $region"

# A project with a database
created=$(curl -sf -X POST "$API/projects" \
  -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" \
  -H "Content-Type: application/json" \
  -d "{ \"name\": \"my-app\", \"region\": \"$region\", \"createDatabase\": true }")
project=$(jq -r .data.id <<< "$created")
database=$(jq -r .data.database.id <<< "$created")
url=$(jq -r '.data.database.connections[0].endpoints.direct.connectionString' <<< "$created")

# Poll until it is ready
status=$(jq -r .data.database.status <<< "$created")
until [ "$status" = ready ]; do
  status=$(curl -sf -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/databases/$database" | jq -r .data.status)
done

# List
curl -sf -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/projects" | jq -r '.data[].name'
curl -sf -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/projects/$project/databases" |
  jq -r --arg id "$database" '.data[] | select(.id == $id) | .status'

# Connect
psql "$url" -qAtc "CREATE TABLE note (text text); INSERT INTO note VALUES ('kept'); SELECT text FROM note"

# A second connection sees the same
second=$(curl -sf -X POST "$API/databases/$database/connections" \
  -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{ "name": "dev" }' | jq -r .data.endpoints.direct.connectionString)
psql "$second" -qAtc "SELECT text || ' for the second' FROM note"

# As a pull request's workflow does: a database of its own in the project, looked up by its name, deleted by its id
preview=$(curl -sf -X POST "$API/projects/$project/databases" \
  -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"name":"pr_1_feature","region":"us-east-1"}')
until psql "$(jq -r .data.connectionString <<< "$preview")" -qAtc "SELECT 'preview'" 2> /dev/null; do :; done
id=$(curl -sf -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/projects/$project/databases" |
  jq -r '.data[]? | select(.name == "pr_1_feature") | .id')
curl -sf -o /dev/null -w '%{http_code}\n' -X DELETE -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/databases/$id"

# Delete
curl -sf -o /dev/null -w '%{http_code}\n' -X DELETE -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/projects/$project"
curl -sf -H "Authorization: Bearer $PRISMA_SERVICE_TOKEN" "$API/projects" | jq -r '.data | length'

#!/usr/bin/env bash
# Writes random passwords for docker-compose.yml into .env, which is read by its owner only and is not in Git. What is
# there already is left as it is: the database was made with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
umask 077
touch .env
chmod 600 .env
for name in KOINON_MONGODB_PASSWORD KOINON_MONGODB_KEY KOINON_KAFKA_PASSWORD KOINON_GATEWAY_SECRET KOINON_WEB_SECRET \
    KOINON_SESSION_KEY; do
    grep -q "^$name=" .env || echo "$name=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')" >> .env
done
echo "The passwords are in $PWD/.env."

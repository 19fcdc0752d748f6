#pragma once
// What tst_redaction plants, and what has to stay. In the texts @S@ stands for the secret, @B@ for its Base64, @U@ for it
// in a URL, @J@ for it in a JSON text within a JSON text. All of them are made up.

#include <QByteArray>
#include <vector>

struct Planted {
    const char* where;
    const char* secret;
    const char* text;
};
struct Harmless {
    const char* what;
    const char* text;
};

inline std::vector<Planted> plantedObjects()
{
    return {
        // Secrets
        {"Secret.data", "hunter2-a1", R"({"kind":"Secret","metadata":{"name":"s"},"data":{"anything":"@B@"}})"},
        {"Secret.stringData", "hunter2-a2", R"({"kind":"Secret","metadata":{"name":"s"},"stringData":{"anything":"@S@"}})"},
        {"Secret of a list, which names no kind", "hunter2-a3", R"({"metadata":{"name":"s"},"data":{"anything":"@B@"}})"},
        {"token of a service account", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJlLW9m", R"({"kind":"Secret","type":"kubernetes.io/service-account-token","data":{"token":"@B@","namespace":"ZGVmYXVsdA=="}})"},
        {"dockerconfigjson", "hunter2-a4", R"({"kind":"Secret","type":"kubernetes.io/dockerconfigjson","stringData":{".dockerconfigjson":"{\"auths\":{\"r\":{\"password\":\"@S@\"}}}"}})"},
        {"tls.key", "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIFakeFakeFake0123\n-----END EC PRIVATE KEY-----\n", R"({"kind":"Secret","type":"kubernetes.io/tls","data":{"tls.key":"@B@"}})"},
        {"bootstrap token", "0123456789abcdef", R"({"kind":"Secret","type":"bootstrap.kubernetes.io/token","data":{"token-id":"YWJjZGVm","token-secret":"@B@"}})"},
        {"last-applied copy of a Secret", "hunter2-a5", R"({"kind":"Secret","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"a\":\"@B@\"}}\n"}}})"},
        {"last-applied copy of stringData", "hunter2-a6", R"({"kind":"Secret","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"kind\":\"Secret\",\"stringData\":{\"a\":\"@J@\"}}\n"}}})"},
        {"Secret within a List", "hunter2-a7", R"({"kind":"List","items":[{"kind":"Secret","data":{"a":"@B@"}}]})"},
        // environment
        {"env PASSWORD", "sesame", R"({"kind":"Pod","spec":{"containers":[{"name":"a","env":[{"name":"PASSWORD","value":"@S@"}]}]}})"},
        {"env MYSQL_ROOT_PASSWORD", "rootroot1", R"({"kind":"Pod","spec":{"initContainers":[{"name":"a","env":[{"name":"MYSQL_ROOT_PASSWORD","value":"@S@"}]}]}})"},
        {"env DB_PASSWD", "open-sesame", R"({"kind":"Pod","spec":{"ephemeralContainers":[{"name":"a","env":[{"name":"DB_PASSWD","value":"@S@"}]}]}})"},
        {"env PGPWD", "abc def ghi", R"({"kind":"Pod","spec":{"containers":[{"name":"a","env":[{"name":"PG_PWD","value":"@S@"}]}]}})"},
        {"env API_KEY", "f00dcafe-b1", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"API_KEY","value":"@S@"}]}]}})"},
        {"env APIKEY", "f00dcafe-b2", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"STRIPE_APIKEY","value":"@S@"}]}]}})"},
        {"env SECRET_KEY_BASE", "f00dcafe-b3", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"SECRET_KEY","value":"@S@"}]}]}})"},
        {"env AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"AWS_SECRET_ACCESS_KEY","value":"@S@"}]}]}})"},
        {"env PRIVATE_KEY", "f00dcafe-b4", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"APP_PRIVATE_KEY","value":"@S@"}]}]}})"},
        {"env CREDENTIALS", "f00dcafe b5", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"CREDENTIALS","value":"@S@"}]}]}})"},
        {"env AUTH_TOKEN", "f00dcafe-b6", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"AUTH_TOKEN","value":"@S@"}]}]}})"},
        {"env JWT_SECRET", "plain-words-only", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"JWT_SECRET","value":"@S@"}]}]}})"},
        {"env NEXTAUTH_SECRET", "plain-words-also", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"NEXTAUTH_SECRET","value":"@S@"}]}]}})"},
        {"env PASSPHRASE", "plain words again", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"GPG_PASSPHRASE","value":"@S@"}]}]}})"},
        {"env SALT", "pepper99", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"AUTH_SALT","value":"@S@"}]}]}})"},
        {"env SIGNING_KEY", "f00dcafe-b7", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"COOKIE_SIGNING_KEY","value":"@S@"}]}]}})"},
        {"env DSN", "p4ssw0rd-c1", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"DB_DSN","value":"shop:@S@@tcp(db:3306)/shop"}]}]}})"},
        {"env DSN without tcp()", "p4ssw0rd-c2", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"DSN","value":"shop:@S@@db:3306/shop"}]}]}})"},
        {"env CONNECTION_STRING", "p4ssw0rd-c3", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"CONNECTION_STRING","value":"Server=db;User Id=sa;Password=@S@;Encrypt=true"}]}]}})"},
        {"env AccountKey", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"STORAGE","value":"AccountName=a;AccountKey=@S@;EndpointSuffix=x"}]}]}})"},
        {"env DATABASE_URL", "p4ssw0rd-c4", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"DATABASE_URL","value":"postgres://shop:@S@@db:5432/shop?sslmode=disable"}]}]}})"},
        {"env of a Deployment's template", "p4ssw0rd-c5", R"({"kind":"Deployment","spec":{"template":{"spec":{"containers":[{"env":[{"name":"ADMIN_PASS","value":"@S@"}]}]}}}})"},
        {"env with a JSON of credentials", "p4ssw0rd-c6", R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"CONFIG","value":"{\"db\":{\"password\":\"@J@\"}}"}]}]}})"},
        {"env whose reference has a default", "p4ssw0rd-c7", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","export PASSWORD=${PASSWORD:-@S@}; run"]}]}})"},
        // commands
        {"args --password=", "p4ss&word;d1", R"({"kind":"Pod","spec":{"containers":[{"args":["serve","--password=@S@"]}]}})"},
        {"args --password and the next", "p4ssword-d2", R"({"kind":"Pod","spec":{"containers":[{"args":["--db-password","@S@","--port","80"]}]}})"},
        {"command and args", "p4ssword-d3", R"({"kind":"Pod","spec":{"containers":[{"args":["@S@"],"command":["app","--token"]}]}})"},
        {"args -p of mysql", "p4ssword-d4", R"({"kind":"Pod","spec":{"containers":[{"command":["/usr/bin/mysql","-uroot","-p@S@"]}]}})"},
        {"args -a of redis-cli", "p4ssword-d5", R"({"kind":"Pod","spec":{"containers":[{"livenessProbe":{"exec":{"command":["redis-cli","-a","@S@","ping"]}}}]}})"},
        {"shell -p of mysqladmin", "p4ssword-d6", R"({"kind":"Pod","spec":{"containers":[{"readinessProbe":{"exec":{"command":["sh","-c","mysqladmin ping -h localhost -p@S@"]}}}]}})"},
        {"shell curl -u", "p4ssword-d7", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","curl -s -u admin:@S@ http://es:9200"]}]}})"},
        {"shell header", "Fak3BearerTok3nZz", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","curl -H \"Authorization: Bearer @S@\" https://x"]}]}})"},
        {"shell own header", "Fak3ApiTok3nZz", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","curl -H 'X-Api-Key: @S@' https://x"]}]}})"},
        {"shell variable", "p4ssword-d8", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","PGPASSWORD=@S@ psql -h db"]}]}})"},
        {"shell flag", "p4ssword-d9", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","exec app --password @S@ --verbose"]}]}})"},
        {"args NAME=value", "p4ssword-e1", R"({"kind":"Pod","spec":{"containers":[{"args":["env","REDIS_PASSWORD=@S@","run"]}]}})"},
        {"args URL", "p4ssword-e2", R"({"kind":"Pod","spec":{"containers":[{"args":["--db=mysql://root:@S@@db/x"]}]}})"},
        {"args URL, the password encoded", "p4ss/w@rd", R"({"kind":"Pod","spec":{"containers":[{"args":["--db=mysql://root:@U@@db/x"]}]}})"},
        {"args --requirepass", "p4ssword-e3", R"({"kind":"Pod","spec":{"containers":[{"args":["redis-server","--requirepass","@S@"]}]}})"},
        {"preStop hook", "p4ssword-e4", R"({"kind":"Pod","spec":{"containers":[{"lifecycle":{"preStop":{"exec":{"command":["app","--secret-key=@S@"]}}}}]}})"},
        {"httpHeaders Authorization", "Fak3BearerTok3nYy", R"({"kind":"Pod","spec":{"containers":[{"livenessProbe":{"httpGet":{"httpHeaders":[{"name":"Authorization","value":"Bearer @S@"}]}}}]}})"},
        {"httpHeaders of their own", "Fak3Tok3n", R"({"kind":"Pod","spec":{"containers":[{"livenessProbe":{"httpGet":{"httpHeaders":[{"name":"X-Auth-Token","value":"@S@"}]}}}]}})"},
        {"Basic in a command", "admin:p4ssword-e5", R"({"kind":"Pod","spec":{"containers":[{"command":["sh","-c","curl -H 'Authorization: Basic @B@' http://x"]}]}})"},
        // annotations and labels
        {"annotation by name", "p4ssword-f1", R"({"kind":"Service","metadata":{"name":"x","annotations":{"example.com/admin-password":"@S@"}}})"},
        {"annotation by form", "ghp_0123456789abcdefABCDEF0123456789abcd", R"({"kind":"Service","metadata":{"annotations":{"example.com/note":"pushed with @S@"}}})"},
        {"label", "k3Jf9sLq02XcVb", R"({"kind":"Service","metadata":{"labels":{"example.com/token":"@S@"}}})"},
        {"last-applied copy of an environment", "p4ssword-f2", R"({"kind":"Deployment","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"env\":[{\"name\":\"PASSWORD\",\"value\":\"@J@\"}]}]}}}}\n"}}})"},
        {"old object in Base64", "p4ssword-f3", R"({"kind":"Deployment","metadata":{"annotations":{"example.com/old-object":"eyJzcGVjIjp7ImNvbnRhaW5lcnMiOlt7ImVudiI6W3sibmFtZSI6IkRCX1BBU1NXT1JEIiwidmFsdWUiOiJwNHNzd29yZC1mMyJ9XX1dfX0="}}})"},
        {"ControllerRevision", "p4ssword-f4", R"({"kind":"ControllerRevision","data":{"spec":{"template":{"spec":{"containers":[{"env":[{"name":"A_TOKEN","value":"@S@"}]}]}}}}})"},
        // ConfigMaps
        {"ConfigMap key", "p4ssword-g1", R"({"kind":"ConfigMap","data":{"db-password":"@S@"}})"},
        {"ConfigMap .env", "p4ssword g2", R"({"kind":"ConfigMap","data":{".env":"LEVEL=debug\nDB_PASSWORD=@S@\nPORT=80\n"}})"},
        {"ConfigMap properties", "p4ssword-g3", R"({"kind":"ConfigMap","data":{"application.properties":"server.port=80\nspring.datasource.password = @S@\n"}})"},
        {"ConfigMap ini", "p4ssword-g4", R"({"kind":"ConfigMap","data":{"app.ini":"[database]\nPASSWD   = @S@\nHOST = db\n"}})"},
        {"ConfigMap YAML", "p4ssword-g5", R"({"kind":"ConfigMap","data":{"config.yaml":"db:\n  user: shop\n  password: \"@J@\"\n  port: 1\n"}})"},
        {"ConfigMap YAML, plain", "sesame-open", R"({"kind":"ConfigMap","data":{"config.yaml":"db:\n  user: shop\n  password: @S@\n  port: 1\n"}})"},
        {"ConfigMap YAML block", "sesame-block", R"({"kind":"ConfigMap","data":{"config.yaml":"db:\n  password: |\n    @S@\n  port: 1\n"}})"},
        {"ConfigMap YAML list", "sesame-list", R"({"kind":"ConfigMap","data":{"config.yaml":"tokens:\n- @S@\nport: 1\n"}})"},
        {"ConfigMap YAML entry", "sesame-entry", R"({"kind":"ConfigMap","data":{"pod.yaml":"env:\n- name: DB_PASSWORD\n  value: @S@\n- name: A\n  value: b\n"}})"},
        {"ConfigMap manifest of a Secret", "sesame-manifest", R"({"kind":"ConfigMap","data":{"all.yaml":"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  anything: @B@\n---\nkind: Pod\n"}})"},
        {"ConfigMap JSON", "p4ssword-g6", R"({"kind":"ConfigMap","data":{"config.json":"{\n  \"clientSecret\": \"@J@\"\n}"}})"},
        {"ConfigMap JSON that is none", "p4ssword-g7", R"({"kind":"ConfigMap","data":{"config.json":"// note\n{ \"clientSecret\": \"@J@\", }"}})"},
        {"ConfigMap XML element", "p4ssword-g8", R"({"kind":"ConfigMap","data":{"settings.xml":"<server>\n<password>@S@</password>\n</server>"}})"},
        {"ConfigMap XML attribute", "p4ssword-g9", R"({"kind":"ConfigMap","data":{"server.xml":"<Connector keystorePass=\"x\" password=\"@J@\"/>\n<x/>"}})"},
        {"ConfigMap XML property", "p4ssword-h1", R"({"kind":"ConfigMap","data":{"server.xml":"<property name=\"password\" value=\"@J@\"/>\n"}})"},
        {"ConfigMap kubeconfig token", "Fak3Kub3c0nfigTok3n", R"({"kind":"ConfigMap","data":{"kubeconfig":"apiVersion: v1\nusers:\n- name: me\n  user:\n    token: @S@\n"}})"},
        {"ConfigMap kubeconfig client-key-data", "-----BEGIN RSA PRIVATE KEY-----\nMIIEFakeFakeFake\n-----END RSA PRIVATE KEY-----\n", R"({"kind":"ConfigMap","data":{"kubeconfig":"users:\n- user:\n    client-key-data: @B@\n"}})"},
        {"ConfigMap fluentd-config", "p4ssword-h2", R"({"kind":"ConfigMap","metadata":{"name":"fluentd-config"},"data":{"output.conf":"<match **>\n  @type elasticsearch\n  host es\n  user elastic\n  password @S@\n</match>\n"}})"},
        {"ConfigMap redis.conf", "p4ssword-h3", R"({"kind":"ConfigMap","data":{"redis.conf":"port 6379\nrequirepass @S@\n"}})"},
        {"ConfigMap htpasswd", "$apr1$FakeSalt$FakeFakeFakeFakeFakeF1", R"({"kind":"ConfigMap","data":{"auth":"admin:@S@\nother:x\n"}})"},
        {"ConfigMap bcrypt", "$2y$10$FakeFakeFakeFakeFakeFuFakeFakeFakeFakeFakeFakeFakeF12", R"({"kind":"ConfigMap","data":{"web.yml":"users:\n  admin: @S@\n"}})"},
        {"ConfigMap SQL", "p4ssword-h4", R"({"kind":"ConfigMap","data":{"init.sql":"CREATE USER shop WITH PASSWORD '@S@';\nSELECT 1;"}})"},
        {"ConfigMap SQL of MySQL", "p4ssword-h5", R"({"kind":"ConfigMap","data":{"init.sql":"CREATE USER shop IDENTIFIED BY '@S@';\nSELECT 1;"}})"},
        {"ConfigMap .netrc", "p4ssword-h6", R"({"kind":"ConfigMap","data":{".netrc":"machine git login me password @S@\n"}})"},
        {"ConfigMap private key", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rFakeFake\n-----END OPENSSH PRIVATE KEY-----", R"({"kind":"ConfigMap","data":{"id":"@S@"}})"},
        {"ConfigMap private key in Base64", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANFakeFake\n-----END PRIVATE KEY-----", R"({"kind":"ConfigMap","data":{"bundle":"@B@"}})"},
        {"ConfigMap webhook of Slack", "T00000000/B00000000/Fak3Fak3Fak3Fak3", R"({"kind":"ConfigMap","data":{"alertmanager.yml":"receivers:\n- slack_configs:\n  - api_url: https://hooks.slack.com/services/@S@\n"}})"},
        {"ConfigMap webhook by key", "0a1b2c3d-0000-4000-8000-a1b2c3d4e5f6", R"({"kind":"ConfigMap","data":{"url":"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=@S@"}})"},
        {"binaryData", "p4ssword-h7", R"({"kind":"ConfigMap","binaryData":{"app.yaml":"dXNlcjogc2hvcApwYXNzd29yZDogcDRzc3dvcmQtaDcK"}})"},
        {"Base64 twice", "p4ssword-h8", R"({"kind":"ConfigMap","data":{"wrapped":"UkVKZlNFOVRWRDFrWWdwRVFsOVFRVk5UVjA5U1JEMXdOSE56ZDI5eVpDMW9PQW89"}})"},
        // tokens by their form
        {"AWS key id", "AKIAFAKEFAKEFAKE0123", R"({"kind":"ConfigMap","data":{"note":"use @S@ there"}})"},
        {"GitLab token", "glpat-Fak3Fak3Fak3Fak3Fak3", R"({"kind":"ConfigMap","data":{"note":"@S@"}})"},
        {"Slack token", "xoxb-0000000000-Fak3Fak3", R"({"kind":"ConfigMap","data":{"note":"@S@"}})"},
        {"Google key", "AIzaFak3Fak3Fak3Fak3Fak3Fak3Fak3Fak3Fak", R"({"kind":"ConfigMap","data":{"note":"@S@"}})"},
        {"JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYWtlIn0.RmFrZVNpZ25hdHVyZQ", R"({"kind":"Event","message":"rejected @S@."})"},
        {"kubeadm join", "a1b2c3.0123456789abcdef", R"({"kind":"ConfigMap","data":{"join.sh":"kubeadm join 10.0.0.1:6443 --token @S@ --discovery-token-ca-cert-hash sha256:0011\n"}})"},
        {"a bootstrap token alone", "a1b2c3.z123456789abcdef", R"({"kind":"Event","message":"token id @S@"})"},
        // TKEStack
        {"Cluster machine password", "c2VzYW1lLWk=", R"({"kind":"Cluster","apiVersion":"platform.tkestack.io/v1","spec":{"machines":[{"ip":"10.0.0.1","password":"@S@"}]}})"},
        {"Cluster machine key", "c2VzYW1lLWk=", R"({"kind":"Cluster","apiVersion":"platform.tkestack.io/v1","spec":{"scalingMachines":[{"privateKey":"@S@"}]}})"},
        {"Machine passPhrase", "sesame-i3", R"({"kind":"Machine","apiVersion":"platform.tkestack.io/v1","spec":{"passPhrase":"@S@"}})"},
        {"ClusterCredential token", "sesame-i4", R"({"kind":"ClusterCredential","apiVersion":"platform.tkestack.io/v1","token":"@S@"})"},
        {"ClusterCredential etcd key", "sesame-i5-sesame", R"({"kind":"ClusterCredential","apiVersion":"platform.tkestack.io/v1","etcdCAKey":"@B@"})"},
        {"PersistentEvent", "sesame-i6", R"({"kind":"PersistentEvent","apiVersion":"platform.tkestack.io/v1","spec":{"persistentBackEnd":{"es":{"user":"elastic","password":"@B@"}}}})"},
        {"IdentityProvider", "sesame-i7", R"({"kind":"IdentityProvider","apiVersion":"auth.tkestack.io/v1","spec":{"config":"{\"bindPW\":\"@J@\"}"}})"},
        // others
        {"webhook URL", "sesame-j1", R"({"kind":"ValidatingWebhookConfiguration","webhooks":[{"clientConfig":{"url":"https://me:@S@@hook.example.com/"}}]})"},
        {"any group's field", "sesame j2", R"({"kind":"Database","apiVersion":"example.com/v1","spec":{"users":[{"name":"a","adminPassword":"@S@"}]}})"},
        {"any group's nested map", "sesame-j3", R"({"kind":"Database","apiVersion":"example.com/v1","spec":{"passwords":{"root":"@S@"}}})"},
        {"any group's random value", "x9Kq2LmP4rTz7WvB", R"({"kind":"Database","apiVersion":"example.com/v1","spec":{"auth":{"root":"@S@"}}})"},
        {"TokenReview", "sesame-j4", R"({"kind":"TokenReview","apiVersion":"authentication.k8s.io/v1","spec":{"token":"@S@"}})"},
        {"event with a URL", "sesame-j5", R"({"kind":"Event","message":"Get \"https://u:@S@@registry/v2/\": denied"})"},
        {"event with a signed URL", "Fak3Signatur3%2Fx", R"({"kind":"Event","message":"Get \"https://cos/x?X-Amz-Signature=@S@&X-Amz-Date=1\""})"},
        {"Helm values as YAML", "sesame-j6", R"({"kind":"HelmRelease","apiVersion":"helm/v1","spec":{"values":"auth:\n  rootPassword: @S@\n"}})"},
        {"Helm parameters", "sesame-j7", R"({"kind":"Application","apiVersion":"argoproj.io/v1alpha1","spec":{"source":{"helm":{"parameters":[{"name":"auth.password","value":"@S@"}]}}}})"},
    };
}

inline std::vector<Planted> plantedLines()
{
    return {
        {"bearer", "Fak3BearerTok3n01", "I1123 round_trippers.go] Authorization: Bearer @S@"},
        {"bearer alone", "Fak3BearerTok3n02", "called with bearer @S@ and failed"},
        {"basic", "admin:sesame1", "Authorization: Basic @B@"},
        {"password=", "sesame2", "connecting user=shop password=@S@ host=db"},
        {"password:", "s3same3", "login shop, password: @S@"},
        {"quoted", "sesame \\\" 4", R"(level=info msg="x" password="@S@" db=1)"},
        {"JSON line", "sesame5", R"({"level":"info","token":"@S@","n":1})"},
        {"JSON in JSON", "sesame6", R"({"msg":"{\"password\":\"@S@\",\"n\":1}"})"},
        {"URL", "sesame7", "dial amqp://guest:@S@@mq:5672/ failed"},
        {"URL of a token", "ghs_0123456789abcdefABCDEF0123456789abcd", "cloning https://@S@@git.example.com/x.git"},
        {"query", "sesame8", "GET /login?user=a&token=@S@ HTTP/1.1\" 200"},
        {"signature", "sesame9", "GET /x?sv=1&sig=@S@ HTTP/1.1"},
        {"cookie", "sesame10", "Cookie: session=@S@"},
        {"set-cookie", "sesame11", "Set-Cookie: tke=@S@; Path=/; HttpOnly"},
        {"private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEFakeFakeFake\nAAAAFake\n-----END RSA PRIVATE KEY-----", "key:\n@S@"},
        {"the end of a private key", "MIIEFakeFakeFakeFakeFake0123\nAAAAFake", "@S@\n-----END RSA PRIVATE KEY-----"},
        {"flag", "sesame12", "+ app --token @S@ --port 80"},
        {"apikey", "sesame13", "apiKey=@S@"},
        {"JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYWtlMiJ9.RmFrZVNpZ25hdHVyZQ", "claims of @S@:"},
        {"metrics", "sesame14", R"(app_info{version="1",password="@S@"} 1)"},
    };
}

inline std::vector<Harmless> harmlessObjects()
{
    return {
        {"a pod", R"json({"kind":"Pod","metadata":{"name":"web-7d9f8b6c5d-x2x9k","namespace":"shop","generateName":"web-7d9f8b6c5d-","uid":"0a1b2c3d-0000-4000-8000-a1b2c3d4e5f6",
            "resourceVersion":"123456","labels":{"pod-template-hash":"7d9f8b6c5d","controller-revision-hash":"web-6f8d9c7b5","app.kubernetes.io/name":"token-service"},
            "annotations":{"checksum/secret":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","kubernetes.io/config.hash":"d41d8cd98f00b204e9800998ecf8427e","kubectl.kubernetes.io/default-container":"app",
              "nginx.ingress.kubernetes.io/auth-secret":"shop/basic-auth","git-commit":"9ab0824fec8f9b09e41f9e1e84a4b027a5100112"}},
            "spec":{"automountServiceAccountToken":true,"serviceAccountName":"token-cleaner","imagePullSecrets":[{"name":"registry-secret"}],"containers":[{"name":"secret-agent","image":"registry.example.com/secret/password-service:1.2.3@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","imagePullPolicy":"IfNotPresent",
              "resources":{"requests":{"cpu":"100m","memory":"128Mi"}},
              "args":["--token-auth-file=/etc/tokens.csv","--secret-name=db","--tls-private-key-file=/etc/tls.key","--service-account-key-file","/etc/kubernetes/pki/sa.pub","--enable-bootstrap-token-auth=true","--authorization-mode=Node,RBAC","-p","8080","--password-file","/run/password","--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key"],
              "env":[{"name":"TOKEN_TTL","value":"3600"},{"name":"PATH","value":"/usr/local/sbin:/usr/bin"},{"name":"SECRET_NAME","value":"db-credentials"},{"name":"PASSWORD_FILE","value":"/run/secrets/password"},{"name":"AUTH_ENABLED","value":"true"},{"name":"AUTH_MODE","value":"oidc"},
                {"name":"PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}},{"name":"DB_PASSWORD","value":"$(PASSWORD)"},{"name":"MAX_TOKENS","value":"4096"},{"name":"TLS_SECRET","value":"web-tls"},{"name":"AUTHOR","value":"somebody"},{"name":"KEYSTORE_TYPE","value":"PKCS12"},{"name":"TOKEN_URL","value":"https://login.example.com/oauth/token"},{"name":"GOOGLE_APPLICATION_CREDENTIALS","value":"/var/run/google/key.json"},{"name":"AUTH","value":"basic"},{"name":"AUTH_TYPE","value":"scram-sha-256"},{"name":"SSL_CERT_DIR","value":"/etc/ssl"},{"name":"MONKEY","value":"banana"},{"name":"API_KEY","value":""}],
              "volumeMounts":[{"name":"kube-api-access-x7f9d","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount","readOnly":true}]}],
              "tolerations":[{"key":"secret","operator":"Equal","value":"k3Jf9sLq02XcVb","effect":"NoSchedule"}],
              "volumes":[{"name":"v","secret":{"secretName":"db-credentials-v2","defaultMode":420}},{"name":"p","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}]}}]},
            "status":{"hostIP":"10.0.0.7","qosClass":"Burstable","containerStatuses":[{"containerID":"containerd://e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","imageID":"registry.example.com/x@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}})json"},
        {"an event's name looks like a bootstrap token", R"({"kind":"Event","metadata":{"name":"node01.18d9a1b2c3d4e5f6"},"note":"node01.18d9a1b2c3d4e5f6"})"},
        {"names of Secrets in custom resources", R"({"kind":"Certificate","apiVersion":"cert-manager.io/v1","spec":{"secretName":"web-tls","privateKey":{"algorithm":"ECDSA","rotationPolicy":"Always"},"privateKeySecretRef":{"name":"account-key"},"passwordSecretRef":{"name":"x","key":"password"},"existingSecret":"db-secret","secret":"shop/db-secret","tokenExpirationSeconds":3600,"passwordPolicy":"strict","authSecret":"basic-auth"}})"},
        {"a schema", R"({"kind":"CustomResourceDefinition","spec":{"validation":{"properties":{"password":{"type":"string","description":"The password of the user"},"token":{"type":"string","minLength":8,"pattern":"^[a-z0-9]{6}$"},"secretName":{"type":"string"}},"required":["password","token"]}}})"},
        {"a certificate", R"({"kind":"ConfigMap","data":{"ca.crt":"-----BEGIN CERTIFICATE-----\nMIIDBTCCAe2gAwIBAgIIfakefakefakefMA0GCSqGSIb3DQEBCwUA\nMBUxEzARBgNVBAMTCmt1YmVybmV0ZXMwHhcNMjYxMTIzMDcwMDAw\n-----END CERTIFICATE-----\n"}})"},
        {"a caBundle and a request", R"({"caBundle":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJmYWtlCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K","request":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQmZha2UKLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg=="})"},
        {"kubeadm-config", R"({"kind":"ConfigMap","data":{"ClusterConfiguration":"apiServer:\n  extraArgs:\n    authorization-mode: Node,RBAC\n    service-account-signing-key-file: /etc/kubernetes/pki/sa.key\n  timeoutForControlPlane: 4m0s\nauthentication:\n  anonymous:\n    enabled: false\nauthorization:\n  mode: Webhook\n  webhook:\n    cacheAuthorizedTTL: 0s\nbootstrapTokens:\nkind: ClusterConfiguration\n"}})"},
        {"a Corefile", R"({"kind":"ConfigMap","data":{"Corefile":".:53 {\n    errors\n    health {\n       lameduck 5s\n    }\n    kubernetes cluster.local in-addr.arpa {\n       ttl 30\n    }\n    forward . /etc/resolv.conf\n}\n"}})"},
        {"cluster-info", R"({"kind":"ConfigMap","data":{"jws-kubeconfig-a1b2c3":"eyJhbGciOiJIUzI1NiIsImtpZCI6ImExYjJjMyJ9..c2lnbmF0dXJlLW9mLWNsdXN0ZXItaW5mbw"}})"},
        {"nginx", R"({"kind":"ConfigMap","data":{"nginx.conf":"location / {\n  proxy_pass http://web:80;\n  auth_basic_user_file /etc/nginx/.htpasswd;\n  access_by_lua_block { return }\n}\n"}})"},
        {"kubeconfig of files", R"({"kind":"ConfigMap","data":{"kubeconfig":"users:\n- name: default\n  user:\n    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token\n    client-key: /etc/kubernetes/pki/client.key\n"}})"},
        {"roles", R"({"kind":"ClusterRole","rules":[{"apiGroups":[""],"resources":["secrets","serviceaccounts/token"],"resourceNames":["bootstrap-token-a1b2c3"],"verbs":["get"]}]})"},
        {"a service account", R"({"kind":"ServiceAccount","secrets":[{"name":"default-token-x7f9d"}],"imagePullSecrets":[{"name":"regcred"}]})"},
        {"managedFields", R"({"metadata":{"managedFields":[{"fieldsV1":{"f:data":{"f:password":{},"f:token":{}}}}]}})"},
        {"continue", R"({"metadata":{"continue":"eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTIzNDU2LCJzdGFydCI6InNob3Avd2ViXHUwMDAwIn0"}})"},
        {"a status about a secret", R"({"kind":"Status","message":"secrets \"db\" is forbidden: User \"me\" cannot get resource \"secrets\" in API group \"\" in the namespace \"shop\"","details":{"name":"db","kind":"secrets"}})"},
        {"a lease", R"({"kind":"Lease","spec":{"holderIdentity":"kube-controller-manager_0a1b2c3d-0000-4000-8000-a1b2c3d4e5f6","leaseDurationSeconds":15}})"},
        {"words in Base64's alphabet", R"({"kind":"ConfigMap","data":{"a":"ReadWriteOncePodOnlyXYZw","b":"aGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dA=="}})"},
    };
}

inline std::vector<const char*> harmlessLines()
{
    return {
        "Error: couldn't find key password in Secret shop/db",
        "MountVolume.SetUp failed for volume \"v\" : secret \"db-credentials\" not found",
        "Pulling image \"registry.example.com/acme/token-service:1.2.3\"",
        "Successfully pulled image \"acme/secret:v1\" in 1.2s (1.2s including waiting)",
        "invalid bearer token, token has expired",
        "Unable to authenticate the request: bearer token is invalid",
        "password authentication failed for user \"shop\"",
        "E1123 07:00:00.000000 1 auth.go:10] \"Failed to get secret\" err=\"not found\" secret=\"kube-system/bootstrap-token-a1b2c3\"",
        "GET /api/v1/namespaces/shop/secrets?limit=500&resourceVersion=0 200 OK",
        "GET /apis/x?continue=abc&timeoutSeconds=30 HTTP/1.1",
        "time=\"2026-11-23T07:00:00Z\" level=info msg=\"token refresh\" duration=1.5s",
        "password: incorrect",
        "token: expected 3 parts",
        "unable to parse password: illegal base64 data at input byte 4",
        "http_requests_total{code=\"200\",method=\"get\"} 1027 1395066363000",
        "kube_secret_info{namespace=\"shop\",secret=\"default-token-x7f9d\"} 1",
        "Created pod: web-7d9f8b6c5d-x2x9k",
        "commit 9ab0824fec8f9b09e41f9e1e84a4b027a5100112 by someone@example.com",
        "image sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 exists",
        "open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory",
        "Starting controller \"token-cleaner\" with --token-auth-file=/path --secret-name=x",
        "ssh: handshake failed: ssh: unable to authenticate, attempted methods [none password]",
        "https://login.example.com:8443/oauth2/token?grant_type=password",
    };
}

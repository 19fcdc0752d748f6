# shellcheck shell=bash
# One authority, certificates for servers and users, and kubeconfig files for the users.

certificate() {
  local who=$1 kind=$2 subject=$3 extension=$4
  local new=(-newkey rsa:2048)
  [ "$kind" = rsa ] || new=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1)
  openssl req "${new[@]}" -nodes -keyout "$who.key" -out "$who.csr" -subj "$subject" 2>/dev/null
  openssl x509 -req -in "$who.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 8)" \
    -out "$who.crt" -days 3650 -extfile <(echo "$extension") 2>/dev/null
  rm -f "$who.csr"
}

certificates_up() {
  [ -e "$run/pki/.complete" ] && return
  rm -rf "$run/pki"; mkdir -p "$run/pki"; chmod 700 "$run" "$run/pki"
  (
    cd "$run/pki"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 3650 -subj "/CN=$name-ca" 2>/dev/null
    local client=extendedKeyUsage=clientAuth
    # The third master's address is left out on purpose: nothing ever answers there.
    certificate apiserver rsa /CN=kube-apiserver \
      "subjectAltName=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1,IP:${masters[0]},IP:${masters[1]},IP:$vip" &
    certificate admin rsa /O=system:masters/CN=practice-admin $client &
    certificate viewer rsa /O=practice:viewers/CN=practice-viewer $client &
    certificate ec ec /O=system:masters/CN=practice-ec $client &
    # The cluster's own parts have a name of their own, so that the audit log can leave them out.
    certificate component ec /O=system:masters/CN=practice-component $client &
    certificate front ec /CN=front-proxy $client &
    certificate kubelet ec /CN=kubelet "subjectAltName=IP:127.0.0.1" &
    openssl genrsa -out sa.key 2048 2>/dev/null &
    wait
    openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
    echo "$(openssl rand -hex 20),practice-token,practice-token,\"practice:readers\"" >tokens.csv
    touch .complete
  )
  kubeconfig_file admin; kubeconfig_file viewer; kubeconfig_file ec; kubeconfig_file token; kubeconfig_file component
}

# kubeconfig_file USER [NAMESPACE]
kubeconfig_file() {
  local who=$1 namespace=${2:+", namespace: $2"} ca credentials
  ca=$(base64 -w0 "$run/pki/ca.crt")
  if [ "$who" = token ]; then
    credentials="token: $(cut -d, -f1 "$run/pki/tokens.csv")"
  else
    credentials="client-certificate-data: $(base64 -w0 "$run/pki/$who.crt"), client-key-data: $(base64 -w0 "$run/pki/$who.key")"
  fi
  (umask 077; cat >"$run/$who.conf.new") <<CONF
apiVersion: v1
kind: Config
clusters:
- {name: $name, cluster: {server: "https://$vip:6443", certificate-authority-data: $ca}}
- {name: $name-real-0, cluster: {server: "https://${masters[0]}:6443", certificate-authority-data: $ca}}
- {name: $name-real-1, cluster: {server: "https://${masters[1]}:6443", certificate-authority-data: $ca}}
users:
- {name: $name-$who, user: {$credentials}}
contexts:
- {name: $name, context: {cluster: $name, user: $name-$who$namespace}}
- {name: $name-real-0, context: {cluster: $name-real-0, user: $name-$who$namespace}}
- {name: $name-real-1, context: {cluster: $name-real-1, user: $name-$who$namespace}}
current-context: $name
CONF
  mv "$run/$who.conf.new" "$run/$who.conf"
}

print_kubeconfig() {
  local file=$run/${1:-admin}.conf
  [ -e "$file" ] || fail "there is no $file; is the cluster up?"
  echo "$file"
}

print_audit() {
  if [ $# -gt 0 ]; then echo "$run/audit-$1.log"; else echo "$run/audit-0.log"; echo "$run/audit-1.log"; fi
}

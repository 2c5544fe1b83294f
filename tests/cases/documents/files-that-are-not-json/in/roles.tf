# who may use it
data "alicloud_ram_policy_document" "p" {
}
